#include "steps/errand.h"

#include "base/memory.h"

/* quota → token → stamp → send; then again, or done. Each function does one of these steps. */
static void ask_quota(struct errand *e);
static void ask_token(struct errand *e);
static void send_request(struct errand *e);

static void forget_token(struct errand *e)
{
    memory_wipe(e->token_value, e->token_value ? strlen(e->token_value) : 0);
    memory_free(e->token_value);
    memory_free(e->token_header);
    memory_free(e->token_id);
}

void errand_free(struct errand *e)
{
    if (!e) {
        return;
    }
    memory_free(e->url);
    forget_token(e);
    memory_free(e->hosts);
    memory_free(e);
}

static void finish(struct errand *e, const struct error *err)
{
    if (err) {
        e->machine->answer.err = *err;
    }
    machine_answered(e->machine);
}

/* ---- again? ---- */

#define PAUSE_FIRST_MS 500
#define PAUSE_MOST_MS  30000

static void on_pause_over(void *owner)
{
    struct errand *e = owner;

    e->timer = NULL;
    ask_quota(e);
}

static void try_again(struct errand *e)
{
    int64_t pause = PAUSE_FIRST_MS;

    for (unsigned i = 1; i < e->tries && pause < PAUSE_MOST_MS; i++) {
        pause *= 2;
    }
    e->phase = ERRAND_PAUSE;
    e->machine->answer = (struct answer){0};
    e->timer = timer_start(e->machine->house->timers,
                           clock_boot_ms(e->machine->house->clock) + pause, on_pause_over, e);
}

/* What did not run may go again; what may have run only when repeating it does no harm. */
static bool may_repeat(const struct errand *e, const struct http_reply *reply)
{
    if (e->machine->cancelled || e->tries >= CALL_TRIES_MOST) {
        return false;
    }
    if (reply->outcome == HTTP_NOT_SENT) {
        return true;
    }
    if (reply->complete && reply->status == 429) {
        return true;
    }
    return !e->call->once && (!reply->complete || reply->status >= 500);
}

static bool token_was_refused(struct errand *e, const struct http_reply *reply)
{
    return reply->complete && reply->status == 401 && !e->refreshed && !e->call->bare &&
           e->token_generation > 0 && !e->machine->cancelled;
}

/* ---- what the answer says about limits ---- */

static int64_t header_number(const struct http_reply *reply, const char *name)
{
    const char *value = http_header(reply, name);
    struct decimal number;

    return value && decimal_parse(text_trim(text_of(value)), &number, NULL) && number.scale == 0 &&
                   number.coefficient >= 0 && number.coefficient <= INT64_MAX
               ? (int64_t)number.coefficient
               : -1;
}

struct quota_hints errand_hints(const struct http_reply *reply, const struct clock *clock)
{
    struct quota_hints hints = QUOTA_HINTS_NONE;
    const char *problem;

    hints.not_sent = reply->outcome == HTTP_NOT_SENT;
    if (!reply->complete) {
        return hints;
    }
    hints.left_window = header_number(reply, "RateLimit-Remaining");
    hints.left_minute = header_number(reply, "X-MinLimit-Remaining");
    hints.left_day = header_number(reply, "X-DayLimit-Remaining");
    hints.left_app_minute = header_number(reply, "X-AppMinLimit-Remaining");
    hints.retry_after_s = http_retry_after_s(reply, clock);
    if (reply->status == 429) {
        problem = http_header(reply, "X-Rate-Limit-Problem");
        hints.problem = problem ? quota_problem_of(problem) : QUOTA_LIMITED;
    }
    return hints;
}

/* ---- send ---- */

static void on_reply(void *owner, const struct http_reply *reply, const struct error *err)
{
    struct errand *e = owner;
    struct quota_hints hints = errand_hints(reply, e->machine->house->clock);

    if (!e->call->bare) {
        quota_finish(e->machine->house->quota, &e->ticket, &hints);
    }
    if (token_was_refused(e, reply)) {
        e->refreshed = true;
        e->refused_generation = e->token_generation;
        try_again(e);
        return;
    }
    /* a refusal because of the address or the request itself is not mended by trying again */
    if ((err->kind == ERROR_NONE || err->kind == ERROR_TRANSIENT) &&
        (err->kind == ERROR_TRANSIENT || reply->status == 429 || reply->status >= 500) &&
        may_repeat(e, reply)) {
        try_again(e);
        return;
    }
    e->machine->answer = (struct answer){
        .err = *err,
        .status = reply->status,
        .complete = reply->complete,
        .left = reply->outcome != HTTP_NOT_SENT,
        .body = reply->body,
        .content_type = reply->content_type,
        .reply = reply,
    };
    finish(e, NULL);
}

static size_t add_headers(struct errand *e, size_t count, const char *const *pairs)
{
    for (; pairs && pairs[0] && count + 3 < ERRAND_HEADERS_MOST; pairs += 2) {
        e->headers[count++] = pairs[0];
        e->headers[count++] = pairs[1];
    }
    return count;
}

static void set_headers(struct errand *e)
{
    const struct call *call = e->call;
    size_t count = 0;

    if (!call->bare) {
        e->headers[count++] = "Accept";
        e->headers[count++] = "application/json";
        count = add_headers(e, count, call->side->headers);
    }
    if (call->content_type) {
        e->headers[count++] = "Content-Type";
        e->headers[count++] = call->content_type;
    }
    if (e->token_value && !call->bare) {
        e->headers[count++] = e->token_header;
        e->headers[count++] = e->token_value;
    }
    count = add_headers(e, count, call->headers);
    e->headers[count] = NULL;
}

static size_t count_hosts(const char *const *hosts)
{
    size_t count = 0;

    while (hosts && hosts[count]) {
        count++;
    }
    return count;
}

/* Hosts for files may be called without a token; with a token only those of the API. */
static const char *const *allowed_hosts(struct errand *e)
{
    const struct side *side = e->call->side;
    size_t own = count_hosts(side->hosts), files = count_hosts(side->file_hosts);

    if (!e->call->bare) {
        return side->hosts;
    }
    memory_free(e->hosts);
    e->hosts = memory_new(own + files + 1, sizeof *e->hosts);
    for (size_t i = 0; i < own; i++) {
        e->hosts[i] = side->hosts[i];
    }
    for (size_t i = 0; i < files; i++) {
        e->hosts[own + i] = side->file_hosts[i];
    }
    return e->hosts;
}

static void send_request(struct errand *e)
{
    const struct call *call = e->call;
    struct http_request request = {
        .method = call->method,
        .url = e->url,
        .headers = e->headers,
        .secret_header = call->bare ? NULL : e->token_header,
        .body = call->body,
        .body_path = call->body_file,
        .sink_path = call->sink_path,
        .allow_hosts = allowed_hosts(e),
        .timeout_ms = CALL_TIMEOUT_MS,
        .reply_max_bytes = call->answer_max_bytes ? call->answer_max_bytes : CALL_ANSWER_MAX,
    };

    set_headers(e);
    e->phase = ERRAND_HTTP;
    e->tries++;
    http_send(e->machine->house->http, &e->op, &request, on_reply, e);
    fault_point("call.sent");
}

/* ---- stamp: durable before anything leaves ---- */

static bool stamp(struct db *db, void *self, struct error *err)
{
    struct errand *e = self;

    return e->call->stamp(db, e->machine->self, err);
}

static void not_sent(struct errand *e, const struct error *err)
{
    struct quota_hints hints = QUOTA_HINTS_NONE;

    hints.not_sent = true;
    if (!e->call->bare) {
        quota_finish(e->machine->house->quota, &e->ticket, &hints);
    }
    finish(e, err);
}

static void on_stamped(void *self, const struct error *err)
{
    struct errand *e = self;

    if (err->kind || e->machine->cancelled) {
        struct error stopped = {ERROR_CANCELLED, "cancelled", "stopped before it was sent"};

        not_sent(e, err->kind ? err : &stopped);
        return;
    }
    send_request(e);
}

/* ---- token ---- */

static void stamp_or_send(struct errand *e)
{
    if (!e->call->stamp) {
        send_request(e);
        return;
    }
    e->phase = ERRAND_STAMP;
    e->call->token = e->token_id ? e->token_id : "";
    store_write(e->machine->house->store, stamp, e, on_stamped);
}

static void keep_token(struct errand *e, const struct login_token *token)
{
    forget_token(e);
    e->token_header = memory_copy_text(token->header);
    e->token_value = memory_copy_text(token->header ? token->value : NULL);
    e->token_id = memory_copy_text(token->id);
    e->token_generation = token->generation;
}

static void on_token(void *owner, const struct login_token *token, const struct error *err)
{
    struct errand *e = owner;

    if (!token) {
        not_sent(e, err);
        return;
    }
    keep_token(e, token);
    stamp_or_send(e);
}

static void ask_token(struct errand *e)
{
    e->phase = ERRAND_TOKEN;
    e->login = (struct login_ask){.grant = e->call->side->grant,
                                  .refused_generation = e->refused_generation,
                                  .done = on_token,
                                  .owner = e};
    login_token(e->machine->house->login, &e->login);
}

/* ---- quota ---- */

static void on_grant(void *owner)
{
    ask_token(owner);
}

static void ask_quota(struct errand *e)
{
    struct error err = {0};

    if (e->call->bare) {
        stamp_or_send(e);
        return;
    }
    e->phase = ERRAND_QUOTA;
    e->ticket = (struct quota_ticket){
        .lane = e->call->side->lane, .class = e->call->class, .on_grant = on_grant, .owner = e};
    if (!quota_ask(e->machine->house->quota, &e->ticket, &err)) {
        finish(e, &err);
    }
}

void errand_start(struct machine *machine)
{
    struct errand *e = memory_new(1, sizeof *e);
    struct call *call = &machine->ask.call;
    AUTO(buffer_done) struct buffer url = {0};

    buffer_init(&url, 65536);
    buffer_add_cstr(&url, call->url ? "" : call->side->base_url);
    buffer_add_cstr(&url, call->url ? call->url : call->path);
    *e = (struct errand){.machine = machine, .call = call, .url = buffer_take(&url)};
    machine->errand = e;
    ask_quota(e);
}

void errand_cancel(struct machine *machine)
{
    struct errand *e = machine->errand;
    struct error stopped = {ERROR_CANCELLED, "cancelled", "stopped before it was sent"};

    switch (e->phase) {
    case ERRAND_QUOTA:
        quota_cancel(machine->house->quota, &e->ticket);
        finish(e, &stopped);
        break;
    case ERRAND_PAUSE:
        timer_stop(machine->house->timers, e->timer);
        finish(e, &stopped);
        break;
    case ERRAND_TOKEN:
        login_cancel(machine->house->login, &e->login);
        break;
    case ERRAND_HTTP:
        if (!e->call->once) {
            http_cancel(machine->house->http, &e->op);
        }
        break;
    case ERRAND_STAMP:
        break; /* on_stamped looks */
    }
}
