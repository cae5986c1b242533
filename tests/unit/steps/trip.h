/* A machine of one call to a scripted server on loopback. */
#ifndef FERRY_TESTS_TRIP_H
#define FERRY_TESTS_TRIP_H

#include "unit/http/peer.h"
#include "unit/steps/steps_fixture.h"

#define KEY    "s3cret-key"
#define TENANT "tenant-1"

enum { RESET = -1, SILENT = -2, AT_GATE = -3 }; /* instead of a status */

struct reply {
    int status;
    const char *headers;
};

struct trip {
    struct fixture *f;
    struct machine machine;
    struct ended ended;
    struct call call;
    struct side side;
    const char *headers[3], *hosts[2], *files[2];
    char base_url[64];
    struct peer peer;
    struct reply script[8]; /* of each call but those for tokens; the last one again and again */
    int script_size, calls, tokens;
    bool slow_tokens;
    /* what happened */
    int gots, stamps, calls_before_stamp;
    bool listen_at_second_stamp;
    char stamped_under[4][32];
    struct error stamp_err;
    struct answer seen; /* without what is borrowed */
    char body[64];
};

#include "unit/steps/trip_server.h"

/* ---- the machine ---- */

static inline bool trip_stamp(struct db *db, void *self, struct error *err)
{
    struct trip *trip = self;

    trip->calls_before_stamp = calls_of(trip);
    snprintf(trip->stamped_under[trip->stamps++ % 4], sizeof trip->stamped_under[0], "%s",
             trip->machine.ask.call.token);
    if (trip->listen_at_second_stamp && trip->stamps == 2) {
        peer_listen_now(&trip->peer);
    }
    if (trip->stamp_err.kind) {
        *err = trip->stamp_err;
        return false;
    }
    return kept_put(db, "test", "stamp", TEXT("stamped"), err);
}

static inline void ask_call(void *self, struct ask *ask)
{
    struct trip *trip = self;

    ask->kind = ASK_CALL;
    ask->call = trip->call;
}

static inline const char *got_call(void *self, const struct answer *answer)
{
    struct trip *trip = self;

    trip->gots++;
    trip->seen = *answer;
    snprintf(trip->body, sizeof trip->body, "%.*s", TEXT_ARGS(answer->body));
    trip->seen.body = TEXT_NONE;
    trip->seen.reply = NULL;
    return answer->err.kind ? machine_fail(&trip->machine, &answer->err) : NULL;
}

static const struct step trip_steps[] = {
    {"call", ask_call, got_call},
    {0},
};

static inline void say(struct trip *trip, int status, const char *headers)
{
    trip->script[trip->script_size++] = (struct reply){status, headers};
}

static inline void travel(struct trip *trip)
{
    begin(&trip->machine, NULL, &trip->ended);
    wait_for(trip->f, &trip->ended);
    assert_int_equal(trip->gots, 1);
}

/* Begin, and go on until its errand is in this phase and the server was called so often. */
static inline void travel_to(struct trip *trip, int phase, int calls)
{
    struct machine *machine = &trip->machine;

    begin(machine, NULL, &trip->ended);
    while (!machine->errand || (int)machine->errand->phase != phase || calls_of(trip) < calls) {
        go_round(trip->f);
    }
}

static inline void assert_lane_is_free(const struct trip *trip)
{
    struct quota_status status;

    assert_true(quota_lane_status(trip->f->house.quota, "lane", &status));
    assert_int_equal(status.in_flight, 0);
    assert_int_equal(status.waiting, 0);
}

/* ---- set up ---- */

static inline void add_grants(struct trip *trip)
{
    char token_url[80];
    struct login_grant grants[] = {
        {.name = "key", .kind = LOGIN_HEADER, .header = "X-Key", .key = KEY},
        {.name = "app",
         .kind = LOGIN_CUSTOM,
         .client_id = "client",
         .client_secret = "s3cret",
         .token_url = token_url},
    };
    struct quota_limits limits = {.concurrent = 1};

    snprintf(token_url, sizeof token_url, "%s/token", trip->base_url);
    for (size_t i = 0; i < 2; i++) {
        if (!login_add(trip->f->house.login, &grants[i], &trip->f->err)) {
            fail_msg("%s", trip->f->err.text);
        }
    }
    quota_set_lane(trip->f->house.quota, "lane", NULL, &limits);
}

static inline int trip_setup(void **state)
{
    int failed = house_setup(state);
    struct fixture *f = *state;
    struct trip *trip = memory_new(1, sizeof *trip);

    trip->f = f;
    f->more = trip;
    peer_start_deaf(trip);
    snprintf(trip->base_url, sizeof trip->base_url, "http://127.0.0.1:%u", trip->peer.port);
    trip->headers[0] = "Xero-Tenant-Id";
    trip->headers[1] = TENANT;
    trip->hosts[0] = "127.0.0.1";
    trip->side = (struct side){.base_url = trip->base_url,
                               .lane = "lane",
                               .grant = "key",
                               .headers = trip->headers,
                               .hosts = trip->hosts,
                               .file_hosts = trip->files};
    trip->call = (struct call){
        .side = &trip->side, .class = QUOTA_DOCUMENT, .method = "GET", .path = "/thing?page=1"};
    machine_init(&trip->machine, &f->house, "trip", trip_steps, trip);
    add_grants(trip);
    return failed;
}

static inline int trip_teardown(void **state)
{
    struct fixture *f = *state;
    struct trip *trip = f->more;
    int failed = house_teardown(state);

    if (trip->peer.thread) {
        peer_stop(&trip->peer);
    } else {
        close(trip->peer.listening);
        pthread_mutex_destroy(&trip->peer.lock);
    }
    memory_free(trip);
    return failed;
}

/* The server listens from the beginning. */
static inline int trip_setup_listening(void **state)
{
    int failed = trip_setup(state);
    struct trip *trip = ((struct fixture *)*state)->more;

    peer_listen_now(&trip->peer);
    return failed;
}

#endif
