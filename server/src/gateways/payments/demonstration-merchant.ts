/**
 * The merchant of demonstrations and tests, as the sandbox knows it. Everybody who reads this file holds its keys:
 * a production configuration that brings one of them is refused.
 */
export const DEMONSTRATION_MERCHANT = {
  mchId: "1900000001",
  serial: "5A4DB0C0DE00000000000000000000000000A001",
  apiV3Key: "sandbox-apiv3-key-sandbox-apiv3k",
  publicKeyId: "PUB_KEY_ID_0119000000012026112200000000000001",
  privateKey: `-----BEGIN PRIVATE KEY-----
MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQDMWII2JPKAAfmv
aOiInm9VTaH070TyZxjitWeDWofbYaFWZkKKOlrELANs0BWKQV5Rj3uSYYFgKD7H
mHTlzkAhuinPcW2Vnj4Qime5hrpIiaHu86xApt0c457IvEegK/wspLIdBBKqlSft
+zEQK93XwJisZupciPhyfpBGrmKKbM305c+iN/P7plSWKPQtwnJhivZQcm5WgipQ
a9fLwb3Nyh2AwvehAWbvCJXgzVVA12yRFyfTkzVcgJZQ8pscBZuyape7OvQjPMUJ
3DmDtKGD3wSFwaOWtpbCAYcm3TYvvdw498rJRUM3qh3Ms8UcZihFVMrTFBFou7JJ
Ic0v6RApAgMBAAECggEATTzxLs0FWiwk98/UAPu9wkT/QAkGiwc8CUkfEK+x5VLA
PFuXsA7Bix/FxaXbVnBB2ds9joVLdRCRNjliihBM/lKTBiVuEd0HwZHHBgGuPMfF
DQBOrftEXWyN8nr0Kc8mWKuB5WTKN278cj/9egrSpf/W1WdrE0H0grZjC0xT09UB
ujenepMLb+HZaP4clgn1ZnHlD3BEhl4/sdjckOshcRrTScNRE6HORdaGAVKhNfe+
18MjhAqsbgSwGrrt7K3regADLsQ+Eod94yiE9wP2ycnVgdNOGvGGl36KWZJEk0DL
HToRstSzSzbBL+iFIzLPKTIrFD+V8Zz7QzB3ctsujwKBgQD8tup9FZ8vrcs7UWf4
zLXzva1uxCdIjHWqaq9DSPPJ2GHDdGzkANXydyJ4nS//31c4AQwhn0ISlSIn/eM3
GuaSmtlv6EQ9LqsQmBreH5zYlhFNVdqTaYdU8Etl8A6ah7RMxPjFBs5lroHfCk5B
iKtAD/MI5O4GhzDmfrkRnNPZOwKBgQDPAJydjztWiZYHz2VAo5os8Sn+e90QuzyZ
xh4nXvu10Kp2Xm1KHVeG+IDCwFmfLvHxcgmDNUVa2K2I59BemSx3/J1nuWxCrKVW
BaRwnhsqkPZ0xBMmlDu4WEkOa3MW+Nqp+e3JD6yRLOQDTwfmGS3zohokXztQYiPH
PzTvW2+F6wKBgQDlQBogNskdu48t1H95WFuHLX5ziUYJrkHfwsATTc66QK0PXkKZ
45gySJjgydeNStIYX/rdVVfe+6LsnIjOqHyaahbuScn9pqRQfWuCLTNf12MCwOtz
5rt59jKv2sGktY5+RgFW2wHJhDEUYIj1MkIH73ANlX/INEPMFRFWROp5mQKBgQDH
jFZuCOpx1LZdlw+LjWsN0fniifMksuqLbpIY8BaEQcBh1UtTvA9pXFt74kNDEdVI
JN+IrazLE7/OD3IuD0jv7gSrPfNgHuBPmabYrYGQuifrjizL7u/XGLxseyZ6SbE5
VGZmgYageH7htajupu1GRMkgsPET31eQNp1H9IQAuwKBgQDbSM+aESxp/FjbWwGb
rsMCYl2ZuA/Uyu9Hc6hNNkl9m3ee/dIRhrAMvhDWg5Tw+WoygjBA3BjRvQMZaUX9
uIw+17TOPLD47wpvtePQqXnhuTsMhLA18B8KjuLGbgVQWmlTBdGQdZpP5FDYcGPH
jApKUmVo8DSXbWgHcXT6XJ5Siw==
-----END PRIVATE KEY-----
`,
  /** WeChat's own, by which it signs what it says. */
  publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAx/GXrqrPhavbNogrna/H
pn0nnTeI3geUa25bBXColP/fmDSnUuwbhMRuR17IoFkCdvnJ/mjAkH59ygeJi/OM
+Rgudp7osN7ITKqCirNaag2JbDH7TAjmtUs8DM2HNOblQCPnSzLBt2Tr1oqBZYbj
9gsPAKyM80mQFDd03u+qN2Poh1r9MuPGhh2NyH53WBiaRgaLBgSlPQcOzKkf0+OT
+QXQNzvwvo4J0dv7SbrIxpAYN3yPS8qLZ55VZtBup4r/qf6GhYYjgy+pgrrlIBbP
41NJhl/1HGC9vERPOGx07hSMI4nSDCH+1AsCehLLL37Z7ET/LRNR2hyzDXIOjsx0
UwIDAQAB
-----END PUBLIC KEY-----
`,
} as const;
