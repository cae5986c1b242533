/* The server of a trip: scripted replies on loopback; part of trip.h. */
#ifndef FERRY_TESTS_TRIP_SERVER_H
#define FERRY_TESTS_TRIP_SERVER_H

/* ---- the server ---- */

static inline bool serve_token(struct trip *trip, int fd)
{
    char body[128];

    if (trip->slow_tokens) {
        uv_sem_wait(&trip->f->gate);
    }
    snprintf(body, sizeof body,
             "{\"access_token\":\"t%d\",\"expires_in\":1800,\"token_type\":\"Bearer\"}",
             ++trip->tokens);
    peer_reply(fd, 200, "Content-Type: application/json\r\n", body);
    return true;
}

static inline bool serve(struct peer *peer, int fd, int index)
{
    struct trip *trip = peer->self;
    int n = trip->calls, last = trip->script_size - 1;
    struct reply reply = trip->script[n < last ? n : last];
    char byte;

    if (strncmp(peer->requests[index].head, "POST /token", 11) == 0) {
        return serve_token(trip, fd);
    }
    __atomic_store_n(&trip->calls, n + 1, __ATOMIC_SEQ_CST);
    switch (reply.status) {
    case RESET:
        peer_reset(fd);
        return false;
    case SILENT:
        (void)recv(fd, &byte, 1, 0); /* until it hangs up */
        return false;
    case AT_GATE:
        uv_sem_wait(&trip->f->gate);
        reply.status = trip->script[last].status == AT_GATE ? 200 : trip->script[last].status;
        break;
    default:
        break;
    }
    peer_reply(fd, reply.status, reply.headers ? reply.headers : "",
               reply.status == 304 ? "" : "said"); /* 304 has no body */
    return true;
}

static inline int calls_of(const struct trip *trip)
{
    return __atomic_load_n(&trip->calls, __ATOMIC_SEQ_CST);
}

/* The line of a header in a request, "" when it has none. */
static inline const char *header_of(const struct trip *trip, int index, const char *name)
{
    static char line[256];
    char start[64];
    const char *at;

    snprintf(start, sizeof start, "\r\n%s: ", name);
    at = strcasestr(trip->peer.requests[index].head, start);
    snprintf(line, sizeof line, "%.*s", at ? (int)strcspn(at + strlen(start), "\r") : 0,
             at ? at + strlen(start) : "");
    return line;
}

/* A port that refuses connections until peer_listen_now. */
static inline void peer_start_deaf(struct trip *trip)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    struct peer *peer = &trip->peer;

    *peer = (struct peer){.answer = serve, .self = trip};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    peer->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(peer->listening, (struct sockaddr *)&address, sizeof address) != 0) {
        abort();
    }
    getsockname(peer->listening, (struct sockaddr *)&address, &size);
    peer->port = ntohs(address.sin_port);
    pthread_mutex_init(&peer->lock, NULL);
}

static inline void peer_listen_now(struct peer *peer)
{
    if (listen(peer->listening, 16) != 0) {
        abort();
    }
    pthread_create(&peer->thread, NULL, peer_listen, peer);
}

#endif
