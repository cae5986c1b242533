/*
 * A server on loopback that answers as it is told, wrongly too. Each connection has a thread; for
 * each request `answer` writes what it likes to the socket. False from it closes the connection.
 */
#ifndef FERRY_TESTS_PEER_H
#define FERRY_TESTS_PEER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "unit.h"

#define PEER_MOST 64

struct peer_request {
    char *head; /* request line and headers */
    char *body;
    size_t body_size;
};

struct peer;
typedef bool peer_answer_fn(struct peer *peer, int fd, int index);

struct peer {
    int listening;
    unsigned port;
    peer_answer_fn *answer;
    void *self;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_t threads[PEER_MOST];
    int fds[PEER_MOST];
    int connections;
    struct peer_request requests[PEER_MOST];
    _Atomic int count; /* of requests */
};

static inline void peer_write(int fd, const char *at, size_t size)
{
    while (size > 0) {
        ssize_t n = send(fd, at, size, MSG_NOSIGNAL);

        if (n <= 0) {
            return;
        }
        at += n;
        size -= (size_t)n;
    }
}

static inline void peer_say(int fd, const char *text)
{
    peer_write(fd, text, strlen(text));
}

static inline void peer_reply(int fd, int status, const char *headers, const char *body)
{
    char head[1024];

    snprintf(head, sizeof head, "HTTP/1.1 %d Told\r\nContent-Length: %zu\r\n%s\r\n", status,
             strlen(body), headers);
    peer_say(fd, head);
    peer_say(fd, body);
}

/* The connection ends with a reset instead of an orderly end. */
static inline void peer_reset(int fd)
{
    struct linger linger = {1, 0};

    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

static inline bool peer_read(int fd, struct peer_request *request)
{
    size_t size = 0, capacity = (size_t)8 << 20;
    char *at = memory_new(capacity + 1, 1), *end = NULL, *length;
    size_t wanted = 0;

    while (!end || size < wanted) {
        ssize_t n = recv(fd, at + size, capacity - size, 0);

        if (n <= 0) {
            memory_free(at);
            return false;
        }
        size += (size_t)n;
        at[size] = '\0';
        if (!end && (end = strstr(at, "\r\n\r\n"))) {
            length = strcasestr(at, "\r\nContent-Length:");
            wanted = (size_t)(end + 4 - at) +
                     (length && length < end ? strtoul(length + 17, NULL, 10) : 0);
        }
    }
    request->body_size = size - (size_t)(end + 4 - at);
    request->body = memory_new(request->body_size + 1, 1);
    memcpy(request->body, end + 4, request->body_size);
    end[2] = '\0';
    request->head = at;
    return true;
}

struct peer_connection {
    struct peer *peer;
    int fd;
};

static inline void *peer_serve(void *self)
{
    struct peer_connection *connection = self;
    struct peer *peer = connection->peer;
    struct peer_request request = {0};

    while (peer_read(connection->fd, &request)) {
        int index;

        pthread_mutex_lock(&peer->lock);
        index = peer->count++;
        if (index < PEER_MOST) {
            peer->requests[index] = request;
        }
        pthread_mutex_unlock(&peer->lock);
        if (index >= PEER_MOST || !peer->answer(peer, connection->fd, index)) {
            break;
        }
    }
    pthread_mutex_lock(&peer->lock);
    for (int i = 0; i < peer->connections; i++) {
        if (peer->fds[i] == connection->fd) {
            peer->fds[i] = -1;
        }
    }
    close(connection->fd);
    pthread_mutex_unlock(&peer->lock);
    memory_free(connection);
    return NULL;
}

static inline void *peer_listen(void *self)
{
    struct peer *peer = self;
    int fd, yes = 1;

    while ((fd = accept(peer->listening, NULL, NULL)) >= 0) {
        struct peer_connection *connection = memory_new(1, sizeof *connection);

        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        *connection = (struct peer_connection){peer, fd};
        pthread_mutex_lock(&peer->lock);
        if (peer->connections >= PEER_MOST) {
            abort();
        }
        peer->fds[peer->connections] = fd;
        pthread_create(&peer->threads[peer->connections++], NULL, peer_serve, connection);
        pthread_mutex_unlock(&peer->lock);
    }
    return NULL;
}

static inline void peer_start(struct peer *peer, peer_answer_fn *answer, void *self)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    *peer = (struct peer){.answer = answer, .self = self};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    peer->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(peer->listening, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(peer->listening, 16) != 0) {
        abort();
    }
    getsockname(peer->listening, (struct sockaddr *)&address, &size);
    peer->port = ntohs(address.sin_port);
    pthread_mutex_init(&peer->lock, NULL);
    pthread_create(&peer->thread, NULL, peer_listen, peer);
}

static inline void peer_stop(struct peer *peer)
{
    shutdown(peer->listening, SHUT_RDWR);
    pthread_join(peer->thread, NULL);
    close(peer->listening);
    pthread_mutex_lock(&peer->lock);
    for (int i = 0; i < peer->connections; i++) {
        if (peer->fds[i] >= 0) {
            shutdown(peer->fds[i], SHUT_RDWR);
        }
    }
    pthread_mutex_unlock(&peer->lock);
    for (int i = 0; i < peer->connections; i++) {
        pthread_join(peer->threads[i], NULL);
    }
    for (int i = 0; i < peer->count && i < PEER_MOST; i++) {
        memory_free(peer->requests[i].head);
        memory_free(peer->requests[i].body);
    }
    pthread_mutex_destroy(&peer->lock);
}

#endif
