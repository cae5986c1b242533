/* Who gives the tokens: the hosts that the declared login names. */
#include "base/memory.h"
#include "connectors/connectors_internal.h"

static bool refuse(struct text word, struct error *err)
{
    return error_set(
        err, ERROR_REJECTED, "login",
        "The login names \"%.*s\"; addresses of a login are https://host/path, without "
        "user or port.",
        word.size > 100 ? 100 : (int)word.size, word.at);
}

/* Whether the word is an address, with or without its scheme; cut down to its host. */
static bool is_address(struct text *word)
{
    struct text rest = *word;

    if (text_starts(rest, "https://")) {
        rest.at += 8;
        rest.size -= 8;
    } else if (!memchr(rest.at, '/', rest.size)) {
        return false;
    }
    *word = text_split(&rest, '/');
    return true;
}

static void add(struct text host, struct arena *arena, struct connector_hosts *hosts)
{
    struct connector_host *at = arena_alloc(arena, hosts->count + 1, sizeof *at);

    if (hosts->count > 0) {
        memcpy(at, hosts->at, hosts->count * sizeof *at);
    }
    at[hosts->count] = (struct connector_host){CONNECTOR_HOST_LOGIN, arena_copy_text(arena, host)};
    hosts->at = at;
    hosts->count++;
}

static bool is_there(const struct connector_hosts *hosts, struct text host)
{
    for (size_t i = 0; i < hosts->count; i++) {
        if (text_is(host, hosts->at[i].name)) {
            return true;
        }
    }
    return false;
}

bool connector_login_hosts(const char *login, struct arena *arena, struct connector_hosts *ret,
                           struct error *err)
{
    struct text rest = text_of(login);
    struct connector_hosts hosts = {NULL, 0};

    while (rest.size > 0) {
        size_t size = 0;
        struct text word, host;

        while (size < rest.size && !strchr(" ,;\t\n", rest.at[size])) {
            size++;
        }
        word = host = (struct text){rest.at, size};
        size += size < rest.size;
        rest.at += size;
        rest.size -= size;
        if (word.size == 0 || !is_address(&host)) {
            continue;
        }
        if (!host_name_is_sound(host, false) || hosts.count == HOSTS_MAX) {
            return refuse(word, err);
        }
        if (!is_there(&hosts, host)) {
            add(host, arena, &hosts);
        }
    }
    *ret = hosts;
    return true;
}
