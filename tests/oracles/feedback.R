# Feedback statistics by R on feedback_data.csv (invented answers of 120 people at 0, 3, 6 and 12 months, drawn once).
# Run in this folder: Rscript feedback.R > feedback_r.csv   (R 4.2.2, psych, geepack, lme4, nlme, lavaan, effectsize of
# Debian 12; the output is frozen beside this script)
suppressMessages({library(psych); library(geepack); library(lme4); library(lavaan); library(effectsize)})
show <- function(id, estimate, low = NA, high = NA) cat(sprintf("%s,%.12g,%.12g,%.12g\n", id, estimate, low, high))
cat("id,estimate,low,high\n")
d <- read.csv("feedback_data.csv"); d$time <- d$months / 6
start <- d[d$months == 0, ]; items <- as.matrix(start[, paste0("i", 1:4)])

a <- suppressWarnings(alpha(items, warnings = FALSE)); show("alpha", a$total$raw_alpha, a$feldt$lower.ci[[1]], a$feldt$upper.ci[[1]])
f <- fa(items, nfactors = 1, fm = "pa", max.iter = 500, min.err = 1e-10); l <- f$loadings[, 1]
show("omega", sum(l)^2 / (sum(l)^2 + sum(1 - l^2)))

shrout <- matrix(c(9,2,5,8, 6,1,3,2, 8,4,6,8, 7,1,2,6, 10,5,6,9, 6,2,4,7), 6, 4, byrow = TRUE)
icc <- function(id, x) { r <- suppressWarnings(suppressMessages(ICC(x, lmer = FALSE)))$results; r <- r[r$type == "ICC2", ]
  show(id, r$ICC, r$"lower bound", r$"upper bound") }
icc("icc_shrout_fleiss", shrout); icc("icc_retest", as.matrix(start[, c("score", "again")]))

gee <- function(id, g) { s <- summary(g)$coefficients; for (i in 1:2) { show(paste0(id, "_", i - 1), s[i, 1]); show(paste0(id, "_error_", i - 1), s[i, 2]) } }
g <- geeglm(score ~ time, id = person, data = d, corstr = "exchangeable", control = geese.control(epsilon = 1e-12, maxit = 200))
gee("gee", g); show("gee_alpha", g$geese$alpha[[1]])
gee("ipw", geeglm(score ~ time, id = person, data = d, corstr = "independence", weights = weight))
few <- d[d$person <= 40, ]; n <- table(few$person)   # Mancl and DeRouen by matrices, independence
X <- cbind(1, few$time); B <- solve(t(X) %*% X); b <- B %*% t(X) %*% few$score; M <- matrix(0, 2, 2)
for (p in unique(few$person)) { x <- X[few$person == p, , drop = FALSE]; r <- few$score[few$person == p] - x %*% b
  u <- t(x) %*% solve(diag(nrow(x)) - x %*% B %*% t(x), r); M <- M + u %*% t(u) }
show("reduced_error_1", sqrt((B %*% M %*% B)[2, 2]))

m <- lmer(score ~ time + (1 | person), data = d, REML = TRUE, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10)))
v <- as.data.frame(VarCorr(m)); show("mixed_0", fixef(m)[[1]]); show("mixed_1", fixef(m)[[2]])
show("mixed_error_1", sqrt(vcov(m)[2, 2])); show("mixed_icc", v$vcov[1] / sum(v$vcov))
k <- nlme::lme(score ~ time, random = ~ 1 | person, data = d, method = "REML"); i <- nlme::intervals(k, which = "fixed")$fixed
show("lme_1", i[2, 2], i[2, 1], i[2, 3]); show("lme_degrees", k$fixDF$X[[2]])

fit <- function(id, model, data) { c <- cfa(model, data = data, std.lv = TRUE)
  for (one in c("chisq", "df", "pvalue", "cfi", "srmr")) show(paste0(id, "_", one), fitMeasures(c, one)[[1]])
  r <- fitMeasures(c, c("rmsea", "rmsea.ci.lower", "rmsea.ci.upper")); show(paste0(id, "_rmsea"), r[[1]], r[[2]], r[[3]]) }
fit("cfa", "f =~ i1 + i2 + i3 + i4", start)
two <- merge(start, d[d$months == 3, ], by = "person")   # two moments: one factor must fit badly
fit("cfa_bad", "f =~ i1.x + i2.x + i3.x + i1.y + i2.y + i3.y", two)

h <- hedges_g(start$score[start$group == 1], start$score[start$group == 0]); show("hedges_g", h[[1]], h$CI_low, h$CI_high)
w <- t.test(start$score[start$group == 1], start$score[start$group == 0]); show("welch", diff(rev(w$estimate)), w$conf.int[1], w$conf.int[2])
q <- glm(as.integer(again > 50) ~ score + group, data = start, family = binomial, control = glm.control(epsilon = 1e-14)); p <- fitted(q)
for (i in c(1, 60, 120)) show(paste0("logit_", i), p[[i]])
show("kappa", cohen.kappa(as.matrix(start[, c("coder_1", "coder_2")]))$kappa)
last <- merge(start, d[d$months == 12, ], by = "person"); t <- t.test(last$score.y - last$score.x); show("paired", t$estimate, t$conf.int[1], t$conf.int[2])
