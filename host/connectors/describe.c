/* From what the worker wrote to a verdict. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "connectors/connectors_internal.h"
#include "ferry/worker.h"

static const char *const outcome_names[] = {
    [CONNECTOR_OK] = "ok",           [CONNECTOR_REFUSED] = "refused",
    [CONNECTOR_CRASHED] = "crashed", [CONNECTOR_TIMED_OUT] = "timed-out",
    [CONNECTOR_POLICY] = "policy",
};

static const char *const isolation_names[] = {
    [CONNECTOR_ISOLATION_PROCESS] = "process",
    [CONNECTOR_ISOLATION_STRICT] = "strict",
    [CONNECTOR_ISOLATION_FULL] = "full",
};

const char *connector_outcome_name(enum connector_outcome outcome)
{
    return outcome_names[outcome];
}

const char *connector_isolation_name(enum connector_isolation isolation)
{
    return isolation_names[isolation];
}

static void refuse(struct connector_verdict *verdict, const char *code, const char *sentence)
{
    verdict->outcome = CONNECTOR_REFUSED;
    error_set(&verdict->why, ERROR_REJECTED, code, "%s", sentence);
}

/* ---- the fence ---- */

/* "ferry-worker 1 landlock=7 seccomp=1", written before anything foreign ran. */
static bool read_fence(struct text line, struct connector_verdict *verdict)
{
    char copy[80];
    int protocol = 0, landlock = 0, seccomp = 0, end = 0;

    if (line.size >= sizeof copy) {
        return false;
    }
    snprintf(copy, sizeof copy, "%.*s", TEXT_ARGS(line));
    if (sscanf(copy, "ferry-worker %3d landlock=%3d seccomp=%1d%n", &protocol, &landlock, &seccomp,
               &end) != 3 ||
        copy[end] != '\0' || protocol != FERRY_WORKER_PROTOCOL) {
        return false;
    }
    verdict->landlock_abi = landlock;
    verdict->isolation = seccomp && landlock > 0 ? CONNECTOR_ISOLATION_FULL
                         : seccomp               ? CONNECTOR_ISOLATION_STRICT
                                                 : CONNECTOR_ISOLATION_PROCESS;
    return true;
}

/* Builds with a sanitizer have no sandbox and are no releases. */
static bool is_fenced_enough(const struct connector_worker *worker,
                             const struct connector_verdict *verdict)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#endif
    return worker->unfenced || verdict->isolation >= CONNECTOR_ISOLATION_STRICT;
}

/* ---- how it ended ---- */

static void judge_signal(const struct worker_answer *answer, struct connector_verdict *verdict)
{
    int signal_number = WTERMSIG(answer->status);

    if (signal_number == SIGXCPU) {
        verdict->outcome = CONNECTOR_TIMED_OUT;
        error_set(&verdict->why, ERROR_REJECTED, "timed-out",
                  "The connector used more than 2 s of processor time to declare itself.");
    } else if (signal_number == SIGSYS) {
        verdict->outcome = CONNECTOR_POLICY;
        error_set(&verdict->why, ERROR_REJECTED, "policy",
                  "The connector made a system call that the sandbox forbids.");
    } else if (signal_number == SIGKILL) {
        verdict->outcome = CONNECTOR_CRASHED;
        verdict->signal = signal_number;
        error_set(&verdict->why, ERROR_TRANSIENT, "crashed",
                  "The connector was killed while it declared itself: it used more than 3 s of "
                  "processor time, or the machine has too little memory.");
    } else {
        verdict->outcome = CONNECTOR_CRASHED;
        verdict->signal = signal_number;
        error_set(&verdict->why, ERROR_REJECTED, "crashed",
                  "The connector crashed while it declared itself (signal %d, %s)%s%.200s",
                  signal_number, strsignal(signal_number),
                  answer->printed.size ? "; it printed: " : ".",
                  answer->printed.size ? answer->printed.at : "");
    }
}

/* Only words of the worker's own alphabet get into a code. */
static void copy_word(struct text word, char *out, size_t out_size)
{
    size_t size = 0;

    for (size_t i = 0; i < word.size && size + 1 < out_size; i++) {
        char c = word.at[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        out[size++] = fine ? c : '-';
    }
    out[size] = '\0';
}

/* The worker's sentences are ASCII; anything else is the connector's. */
static void copy_sentence(struct text sentence, char *out, size_t out_size)
{
    size_t size = 0;

    for (size_t i = 0; i < sentence.size && size + 1 < out_size; i++) {
        out[size++] = sentence.at[i] >= ' ' && sentence.at[i] < 0x7f ? sentence.at[i] : '?';
    }
    out[size] = '\0';
}

static void judge_words(struct text line, struct connector_verdict *verdict)
{
    struct text verb = text_split(&line, ' ');
    char word[40], sentence[400];

    if (text_is(verb, "refused")) {
        copy_word(text_split(&line, ' '), word, sizeof word);
        copy_sentence(line, sentence, sizeof sentence);
        verdict->outcome = CONNECTOR_REFUSED;
        error_set(&verdict->why, ERROR_REJECTED, word[0] ? word : "refused", "%s",
                  sentence[0] ? sentence : "The worker refused the connector without a word.");
    } else if (text_is(verb, "policy")) {
        copy_word(line, word, sizeof word);
        verdict->outcome = CONNECTOR_POLICY;
        error_set(&verdict->why, ERROR_REJECTED, "policy",
                  "The connector called %s, which the sandbox forbids.", word);
    } else {
        refuse(verdict, "no-description",
               "The connector ended the worker, or closed what it answers through, before it was "
               "described.");
    }
}

/* The description out of "ok SIZE\n…"; TEXT_NONE when it is not whole. */
static struct text description_of(struct text rest)
{
    struct text line = text_split(&rest, '\n');
    struct text verb = text_split(&line, ' ');
    uint64_t size = 0;

    if (!text_is(verb, "ok") || line.size == 0 || line.size > 8) {
        return TEXT_NONE;
    }
    for (size_t i = 0; i < line.size; i++) {
        if (line.at[i] < '0' || line.at[i] > '9') {
            return TEXT_NONE;
        }
        size = size * 10 + (uint64_t)(line.at[i] - '0');
    }
    return rest.size == size ? rest : TEXT_NONE;
}

static void judge_unfenced(const struct connector_file *file, struct connector_verdict *verdict)
{
    verdict->outcome = CONNECTOR_REFUSED;
    error_set(
        &verdict->why, ERROR_CONFIG, "no-sandbox",
        "The kernel of this machine has no seccomp, or a container hides it, so the connector "
        "could only be opened in a process of its own, without a sandbox; it was not opened. "
        "Allow seccomp, or, when you trust this file, write sha256:%s under "
        "connectors.without_sandbox.",
        file->sha256);
}

/* The fence was not put up: the machine's fault, whatever the file is. */
static void judge_worker(const struct connector_file *file, struct text line,
                         struct connector_verdict *verdict)
{
    refuse(verdict, "worker", "ferry-worker did not start as it should; is it of this version?");
    if (text_starts(line, "refused no-sandbox ")) {
        judge_unfenced(file, verdict);
    } else if (text_starts(line, "refused ")) {
        judge_words(line, verdict);
    }
    verdict->why.kind = ERROR_CONFIG;
}

static void judge_time(struct connector_verdict *verdict)
{
    verdict->outcome = CONNECTOR_TIMED_OUT;
    error_set(&verdict->why, ERROR_TRANSIENT, "timed-out",
              "The connector did not declare itself within the deadline.");
}

struct text worker_judge(const struct connector_file *file, const struct connector_worker *worker,
                         const struct worker_answer *answer, struct connector_verdict *verdict)
{
    struct text rest = buffer_text(&answer->protocol), description = TEXT_NONE;
    struct text first = text_split(&rest, '\n');
    bool fenced = read_fence(first, verdict);

    if (answer->timed_out) {
        judge_time(verdict);
    } else if (answer->protocol.overflow) {
        refuse(verdict, "description-too-long", "The description is longer than 1 MiB.");
    } else if (WIFSIGNALED(answer->status)) {
        judge_signal(answer, verdict);
    } else if (!fenced || WEXITSTATUS(answer->status) == FERRY_WORKER_SANDBOX) {
        judge_worker(file, fenced ? text_split(&rest, '\n') : first, verdict);
    } else if (WEXITSTATUS(answer->status) != FERRY_WORKER_OK) {
        judge_words(text_split(&rest, '\n'), verdict);
    } else if (!is_fenced_enough(worker, verdict)) {
        judge_unfenced(file, verdict); /* by a worker that is not ours */
    } else {
        description = description_of(rest);
        if (!description.at) {
            judge_words(TEXT_NONE, verdict);
        }
    }
    return description;
}

/* ---- the whole road ---- */

static bool agree(const struct connector_note *note, const struct declaration *declaration,
                  struct error *err)
{
    if (strcmp(note->id, declaration->id) == 0 &&
        strcmp(note->version, declaration->version) == 0) {
        return true;
    }
    return error_set(err, ERROR_REJECTED, "note-differs",
                     "The note in the file says %s %s, the connector itself says %.60s %.30s.",
                     note->id, note->version, declaration->id, declaration->version);
}

/* What was judged OK is read; what cannot be read becomes a refusal. */
static void read_description(const struct connector_file *file, struct text description,
                             struct arena *arena, struct connector_verdict *verdict,
                             const struct declaration **ret)
{
    const struct declaration *declaration = NULL;
    struct error why = {0};

    if (declaration_read(description, arena, &declaration, &why) &&
        agree(&file->note, declaration, &why) && declaration_check(declaration, &why)) {
        *ret = declaration;
        return;
    }
    verdict->outcome = CONNECTOR_REFUSED;
    verdict->why = why;
}

static bool take_from_shelf(const struct connector_file *file,
                            const struct connector_worker *worker, struct arena *arena,
                            struct connector_verdict *ret_verdict, const struct declaration **ret)
{
    AUTO(buffer_done) struct buffer description;
    struct connector_verdict verdict = {0};

    buffer_init(&description, CONNECTOR_DESCRIPTION_MAX);
    if (!worker->shelf ||
        !worker->shelf->load(worker->shelf->self, file->sha256, &verdict, &description) ||
        (verdict.outcome == CONNECTOR_OK && !is_fenced_enough(worker, &verdict))) {
        return false; /* nothing kept, or described without a fence when that was consented to */
    }
    if (verdict.outcome == CONNECTOR_OK) {
        read_description(file, buffer_text(&description), arena, &verdict, ret);
    }
    *ret_verdict = verdict;
    return true;
}

bool connector_describe(const struct connector_file *file, const struct connector_worker *worker,
                        struct arena *arena, struct connector_verdict *ret_verdict,
                        const struct declaration **ret, struct error *err)
{
    struct connector_verdict verdict = {.outcome = CONNECTOR_OK};
    struct worker_answer answer;

    if (take_from_shelf(file, worker, arena, ret_verdict, ret)) {
        return true;
    }
    bool ok = worker_run(worker, file->fd, &answer, err);
    if (ok) {
        struct text description = worker_judge(file, worker, &answer, &verdict);
        if (verdict.outcome == CONNECTOR_OK) {
            read_description(file, description, arena, &verdict, ret);
        }
        /* What is the machine's fault, and not the file's, is not kept. */
        if (worker->shelf && verdict.why.kind != ERROR_CONFIG) {
            worker->shelf->save(worker->shelf->self, file->sha256, &verdict,
                                verdict.outcome == CONNECTOR_OK ? description : TEXT(""));
        }
        *ret_verdict = verdict;
    }
    buffer_done(&answer.protocol);
    buffer_done(&answer.printed);
    return ok;
}
