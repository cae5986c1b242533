/* A token server on loopback: as Xero's, and with moods. */
#ifndef FERRY_TESTS_TOKEN_SERVER_H
#define FERRY_TESTS_TOKEN_SERVER_H

#include "crypto/crypto.h"
#include "unit/http/peer.h"

#define SECRET "s3cret-of-client"

enum mood {
    GOOD,
    LOST, /* does it, and the answer gets lost */
    STATUS_500,
    STATUS_429,
    STATUS_401,
    NONSENSE,
    INVALID_GRANT,
    INVALID_CLIENT,
    INVALID_SCOPE,
    SLOW,
};

/* As Xero: the refresh token before the newest still works. */
struct token_server {
    enum mood moods[32]; /* of each request; GOOD by default */
    _Atomic int issued;  /* refresh tokens, "r1" and so on */
    int accepts_from;    /* older ones are dead */
    const char *claims;  /* of access tokens */
    int lives_s;
};

#define CLAIMS                                                                                     \
    "{\"xero_userid\":\"user-1\",\"authentication_event_id\":\"event-1\","                         \
    "\"scope\":[\"accounting.invoices\",\"offline_access\"]}"

static inline void say_tokens(struct token_server *server, int fd, bool lost)
{
    char body[2048], access[1024] = "header.";
    AUTO(buffer_done) struct buffer claims;

    buffer_init(&claims, 900);
    crypto_base64url(text_of(server->claims), &claims);
    server->issued++;
    snprintf(access, sizeof access, "h%d.%s.signature", server->issued, claims.at);
    snprintf(body, sizeof body,
             "{\"access_token\":\"%s\",\"refresh_token\":\"r%d\",\"expires_in\":%d,"
             "\"token_type\":\"Bearer\"}",
             access, server->issued, server->lives_s);
    if (!lost) {
        peer_reply(fd, 200, "Content-Type: application/json\r\n", body);
    }
}

static inline void say_error(int fd, const char *name)
{
    char body[128];

    snprintf(body, sizeof body, "{\"error\":\"%s\",\"error_description\":\"" SECRET "\"}", name);
    peer_reply(fd, 400, "Content-Type: application/json\r\n", body);
}

static inline bool is_dead(const struct token_server *server, const char *form)
{
    const char *token = strstr(form, "refresh_token=r");
    long n = token ? strtol(token + 15, NULL, 10) : 0;

    return token && (n < server->accepts_from || n < server->issued - 1 || n > server->issued);
}

static inline bool serve(struct peer *peer, int fd, int index)
{
    struct token_server *server = peer->self;

    if (strncmp(peer->requests[index].head, "GET /connections", 16) == 0) {
        peer_reply(fd, 200, "",
                   "[{\"id\":\"c1\",\"tenantId\":\"t1\",\"tenantType\":\"ORGANISATION\","
                   "\"tenantName\":\"Demo\"}]");
        return true;
    }
    switch (server->moods[index]) {
    case STATUS_500:
        peer_reply(fd, 500, "", "oops");
        break;
    case STATUS_429:
        peer_reply(fd, 429, "Retry-After: 5\r\n", "");
        break;
    case STATUS_401:
        peer_reply(fd, 401, "", "");
        break;
    case NONSENSE:
        peer_reply(fd, 200, "", "<html>a hotel's network</html>");
        break;
    case INVALID_GRANT:
        say_error(fd, "invalid_grant");
        break;
    case INVALID_CLIENT:
        say_error(fd, "invalid_client");
        break;
    case INVALID_SCOPE:
        say_error(fd, "invalid_scope");
        break;
    case SLOW:
        usleep(150000); /* fall through */
    case LOST:
    case GOOD:
    default:
        if (is_dead(server, peer->requests[index].body)) {
            say_error(fd, "invalid_grant");
            break;
        }
        say_tokens(server, fd, server->moods[index] == LOST);
        return server->moods[index] != LOST;
    }
    return true;
}

#endif
