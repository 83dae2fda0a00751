"""The style of the print sheet. Heights are fixed in millimetres, so that what fits does not depend on the font."""

STIJL = """
@page{size:A4 portrait;margin:12mm 14mm}
*{box-sizing:border-box;margin:0;padding:0}
html{--regel:4.1mm;background:#fff;color:#000;font:8.5pt/var(--regel) Arial,Helvetica,"Liberation Sans",sans-serif}
.blad{position:relative;width:182mm;height:272mm;overflow:hidden;margin:0 auto}
header{display:flex;gap:6mm;height:54mm;overflow:hidden}
header div{flex:1;min-width:0}
h1{font-size:17pt;line-height:7.2mm;max-height:14.4mm;overflow:hidden;overflow-wrap:anywhere}
header .bij{height:var(--regel);overflow:hidden;white-space:nowrap;text-overflow:ellipsis;color:#333}
.zin{margin-top:1.5mm;font-size:9pt;line-height:4.2mm;max-height:33.6mm;overflow:hidden;overflow-wrap:anywhere}
figure{width:44mm;flex:none}
svg{display:block;width:44mm;height:44mm;border:.3mm solid #999}
figcaption{font-size:7.5pt;line-height:var(--regel);color:#333}
h2{font-size:9pt;line-height:var(--regel);height:calc(1.5*var(--regel));padding-top:calc(.4*var(--regel));
border-bottom:.2mm solid #000;overflow:hidden;white-space:nowrap}
ul{list-style:none}
li{display:flex;gap:4mm;overflow:hidden}
li span{display:-webkit-box;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}
.titel{flex:1;min-width:0}
li .bij{width:76mm;flex:none;color:#333;font-size:7.5pt}
.r1{height:var(--regel)}
.r1 span{-webkit-line-clamp:1;max-height:var(--regel)}
.r2{height:calc(2*var(--regel))}
.r2 span{-webkit-line-clamp:2;max-height:calc(2*var(--regel))}
.rest,.leeg{height:var(--regel);overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
table{border-collapse:collapse;width:100%;table-layout:fixed}
tr{height:var(--regel)}
th,td{height:var(--regel);overflow:hidden;white-space:nowrap;text-overflow:ellipsis;text-align:right;font-weight:normal}
th:first-child{text-align:left;width:60mm}
thead th{color:#333}
footer{position:absolute;left:0;right:0;bottom:0;height:14.5mm;padding-top:1mm;border-top:.2mm solid #000;
font-size:7.5pt}
footer p{height:var(--regel);overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
a{color:inherit}
.merk{position:absolute;inset:0;z-index:-1;display:flex;align-items:center;justify-content:center;
transform:rotate(-52deg);font-size:22mm;line-height:1;white-space:nowrap;color:#e9e9e9}
@media screen{.blad{margin:8mm auto}}
"""
