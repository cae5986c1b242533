/* Certificates: a server with one that openssl(1) has just made. */
#include <signal.h>
#include <sys/wait.h>

#include "unit/http/http_fixture.h"

struct server {
    char folder[40], key_path[64], certificate_path[64];
    pid_t pid;
    unsigned port;
};

/* A port that was free a moment ago. */
static unsigned free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, (struct sockaddr *)&address, size) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
        abort();
    }
    close(fd);
    return ntohs(address.sin_port);
}

static bool answers(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ok = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    close(fd);
    return ok;
}

/* False: this machine has no openssl(1). */
static bool server_start(struct server *server, const char *name)
{
    char command[512], port[32];

    *server = (struct server){0};
    snprintf(server->folder, sizeof server->folder, "/tmp/ferry-tls-XXXXXX");
    if (!mkdtemp(server->folder)) {
        return false;
    }
    snprintf(server->key_path, sizeof server->key_path, "%s/key", server->folder);
    snprintf(server->certificate_path, sizeof server->certificate_path, "%s/crt", server->folder);
    snprintf(command, sizeof command,
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
             "-subj /CN=ferry-test -addext subjectAltName=%s -keyout %s -out %s 2>/dev/null",
             name, server->key_path, server->certificate_path);
    if (system(command) != 0) {
        return false;
    }
    server->port = free_port();
    snprintf(port, sizeof port, "127.0.0.1:%u", server->port);
    server->pid = fork();
    if (server->pid == 0) {
        execlp("openssl", "openssl", "s_server", "-www", "-quiet", "-accept", port, "-key",
               server->key_path, "-cert", server->certificate_path, (char *)NULL);
        _exit(1);
    }
    for (int i = 0; i < 500 && !answers(server->port); i++) {
        usleep(10000);
    }
    return true;
}

static void server_stop(struct server *server)
{
    if (server->pid > 0) {
        kill(server->pid, SIGKILL);
        waitpid(server->pid, NULL, 0);
    }
    unlink(server->key_path);
    unlink(server->certificate_path);
    rmdir(server->folder);
}

static void ask_server(struct fixture *f, const struct server *server, bool trusted,
                       struct told *told)
{
    struct http_settings settings = {.ca_file = trusted ? server->certificate_path : NULL};
    char url[64];
    struct http_request request;

    http_free(f->http);
    f->http = http_new(&f->loop, f->clock, &settings);
    snprintf(url, sizeof url, "https://127.0.0.1:%u/", server->port);
    request = request_to("GET", url);
    run_one(f, &request, told);
}

static void tls__certificate_is_trusted(void **state)
{
    struct fixture *f = *state;
    struct server server;
    struct told told = {0};

    if (server_start(&server, "IP:127.0.0.1")) {
        ask_server(f, &server, true, &told);
        assert_int_equal(told.err.kind, ERROR_NONE);
        assert_int_equal(told.status, 200);
        assert_false(told.length_known);
    }
    server_stop(&server);
}

static void tls__nobody_vouches_for_the_certificate(void **state)
{
    struct fixture *f = *state;
    struct server server;
    struct told told = {0};

    if (server_start(&server, "IP:127.0.0.1")) {
        ask_server(f, &server, false, &told);
        assert_string_equal(told.err.code, "certificate");
        assert_int_equal(told.outcome, HTTP_NOT_SENT);
    }
    server_stop(&server);
}

static void tls__certificate_is_another_hosts(void **state)
{
    struct fixture *f = *state;
    struct server server;
    struct told told = {0};

    if (server_start(&server, "DNS:elsewhere.example")) {
        ask_server(f, &server, true, &told);
        assert_string_equal(told.err.code, "certificate");
        assert_int_equal(told.outcome, HTTP_NOT_SENT);
        assert_non_null(strstr(told.err.text, "127.0.0.1"));
    }
    server_stop(&server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tls__certificate_is_trusted),
        TEST(tls__nobody_vouches_for_the_certificate),
        TEST(tls__certificate_is_another_hosts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
