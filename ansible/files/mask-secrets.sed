# Masks secrets in a log before it leaves the instance (sed -E).
# When in doubt, mask: a masked word costs a reader a moment, a leaked secret has to be rotated.
/-----BEGIN [A-Z ]*PRIVATE KEY-----/,/-----END [A-Z ]*PRIVATE KEY-----/c\
*** private key ***
# "password: x", "--oauth-consumer-secret x", "secret_key=>'x'", "token = x", in any case.
s/((pass(word|phrase|wd)|secret|token|oauth[_-]consumer[_-]key|encryption[_-]key|activation[_-]?key)[A-Za-z0-9_-]*["']?[[:space:]]*(=>|=|:|[[:space:]])[[:space:]]*["']?)[^[:space:],"']+/\1***/gI
# Credentials in a URL, access keys, and the Authorization header.
s#(://[^/:@[:space:]]+:)[^@/[:space:]]+@#\1***@#g
s/(AKIA|ASIA)[A-Z0-9]{16}/***/g
s/(Authorization:[[:space:]]*)(.*)/\1***/gI
