# Exact intervals of counts, rate ratios and proportions by base R (package stats), for tests/analysis/test_rates.py.
# Run: Rscript rates.R > rates_r.csv   (R 4.2.2; the output is frozen beside this script)
show <- function(id, estimate, low, high) cat(sprintf("%s,%.15g,%.15g,%.15g\n", id, estimate, low, high))
cat("id,estimate,low,high\n")
for (k in c(0, 1, 3, 10, 100, 757, 4331)) {
  t <- poisson.test(k)
  show(paste0("count_", k), t$estimate, t$conf.int[1], t$conf.int[2])
}
t <- poisson.test(10, conf.level = 0.99)
show("count99_10", t$estimate, t$conf.int[1], t$conf.int[2])
ratio <- function(id, x, T) {
  t <- poisson.test(x, T)
  show(id, t$estimate, t$conf.int[1], t$conf.int[2])
}
ratio("ratio_11_6", c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878))   # the example of R's own help page
ratio("ratio_30_60", c(30, 60), c(1000, 1000))
ratio("ratio_0_15", c(0, 15), c(1000, 1000))
ratio("ratio_2796_4331", c(2796, 4331), c(96574895, 99694613))
for (pair in list(c(0, 20), c(1, 20), c(10, 20), c(20, 20), c(81, 263), c(339, 698))) {
  t <- prop.test(pair[1], pair[2], correct = FALSE)                # Wilson's score interval
  show(sprintf("wilson_%d_%d", pair[1], pair[2]), t$estimate, t$conf.int[1], t$conf.int[2])
  b <- binom.test(pair[1], pair[2])                                # Clopper and Pearson
  show(sprintf("clopper_%d_%d", pair[1], pair[2]), b$estimate, b$conf.int[1], b$conf.int[2])
}
