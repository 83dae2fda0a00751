# The model without surveillance's slip: glm() refitted to convergence, the trend tested on its own dispersion.
s <- read.csv("weekly_series.csv")
b<-5;w<-3;p<-10;past<-26;freq<-52
out <- NULL
for (n in unique(s$series)) { y <- s$observed[s$series==n]
 for (k in 313:416) {
  ref <- k - freq*(0:b); f <- rep(NA,length(y)); f[(k-w):k] <- p
  for (i in 1:b) { r<-ref[i+1]; f[(r-w):(r+w)] <- p; gap <- ref[i]-2*w-1-r; l <- gap%/%(p-1); rest<-gap%%(p-1)
    len <- rep(l,p-1); if(rest>0) len[1:rest] <- len[1:rest]+1; f[(r+w+1):(r+w+gap)] <- rep(1:(p-1),len)}
  f[(k-past):k] <- NA; ix <- which(!is.na(f)); d <- data.frame(y=y[ix],t=ix,g=factor(f[ix]))
  fit <- function(fo) { ct <- glm.control(epsilon=1e-13,maxit=60)
    m<-suppressWarnings(glm(fo,quasipoisson,d,control=ct)); phi<-max(summary(m)$dispersion,1)
    a<-1.5*(d$y^(2/3)*fitted(m)^(-1/6)-fitted(m)^.5)/sqrt(phi*(1-hatvalues(m)))
    om<-ifelse(a>2.58,a^-2,1); om<-om*length(om)/sum(om); d$om <<- om
    suppressWarnings(glm(fo,quasipoisson,d,weights=om,control=ct)) }
  om<-NULL
  m <- fit(y~t+g); nd<-data.frame(t=k,g=factor(p,levels=levels(d$g)))
  tr <- summary(m)$coefficients["t",4]; keep <- tr<.05 && predict(m,nd,type="response")<=max(d$y)
  if(!keep) m<-fit(y~g)
  pr<-predict(m,nd,se.fit=TRUE); disp<-summary(m)$dispersion
  out<-rbind(out,data.frame(series=n,t=k,trend_used=as.integer(keep),p_trend=signif(tr,10),eta=signif(pr$fit,12),se_eta=signif(pr$se.fit*sqrt(max(disp,1)/disp),12),phi=signif(max(disp,1),12)))
 }}
write.csv(out,"farrington_juist_expected.csv",row.names=FALSE,quote=FALSE); print(colSums(out["trend_used"]))
