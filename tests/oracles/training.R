# Training statistics by R on training_data.csv (invented answers of 120 people in 10 sessions, 12 items before and after).
# Run in this folder: Rscript training.R > training_r.csv   (R 4.2.2, psych, effectsize, boot, lme4 of Debian 12;
# the output is frozen beside this script)
suppressMessages({library(psych); library(effectsize); library(boot); library(lme4)})
show <- function(id, estimate, low = NA, high = NA) cat(sprintf("%s,%.12g,%.12g,%.12g\n", id, estimate, low, high))
cat("id,estimate,low,high\n")
d <- read.csv("training_data.csv")
pre <- as.matrix(d[, paste0("pre_", 1:12)]); post <- as.matrix(d[, paste0("post_", 1:12)])
before <- rowMeans(pre); after <- rowMeans(post); gain <- after - before
t <- t.test(after, before, paired = TRUE); show("gain", t$estimate, t$conf.int[1], t$conf.int[2])
w <- t.test(after, before); show("welch", diff(rev(w$estimate)), w$conf.int[1], w$conf.int[2])
set.seed(1); b <- boot(gain, function(x, i) mean(x[i]), R = 20000)
ci <- boot.ci(b, type = "bca")$bca; show("bca", b$t0, ci[4], ci[5])
g <- hedges_g(after, before, paired = TRUE); show("hedges_g_z", g[[1]], g$CI_low, g$CI_high)
n0 <- rowSums(pre); n1 <- rowSums(post)   # whole numbers: means differ in the last binary place, which breaks ties
r <- rank_biserial(n1, n0, paired = TRUE); show("rank_biserial", r[[1]], r$CI_low, r$CI_high)
k <- suppressWarnings(wilcox.test(n1, n0, paired = TRUE, correct = FALSE)); show("wilcoxon_p", k$p.value)
a <- suppressWarnings(alpha(pre, warnings = FALSE)); show("alpha_pre", a$total$raw_alpha, a$feldt$lower.ci[[1]], a$feldt$upper.ci[[1]])
rest <- a$item.stats$r.drop
for (i in 1:12) show(paste0("rest_", i), cor(pre[, i], rowSums(pre) - pre[, i]))
f <- fa(pre, nfactors = 1, fm = "pa", max.iter = 200); l <- f$loadings[, 1]
show("omega_pre", sum(l)^2 / (sum(l)^2 + sum(1 - l^2)))
for (i in c(1, 6, 12)) {
  up <- sum(pre[, i] == 0 & post[, i] == 1); down <- sum(pre[, i] == 1 & post[, i] == 0)
  show(paste0("mcnemar_exact_", i), binom.test(up, up + down)$p.value)
  show(paste0("mcnemar_mid_", i), 2 * pbinom(min(up, down), up + down, 0.5) - dbinom(min(up, down), up + down, 0.5))
}
m <- lmer(gain ~ 1 + (1 | session), data = data.frame(gain = gain, session = d$session)); v <- as.data.frame(VarCorr(m))
show("mixed_mean", fixef(m)[[1]]); show("mixed_error", sqrt(vcov(m)[1, 1])); show("mixed_between", v$sdcor[1]); show("mixed_within", v$sdcor[2])
