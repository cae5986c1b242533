/* What the worker wrote, and how it ended, as a verdict. */
#include <signal.h>

#include "connectors/connectors_internal.h"
#include "unit.h"

#define FENCE     "ferry-worker 1 landlock=7 seccomp=1\n"
#define EXITED(n) ((n) << 8)

static void verdict__says_what_became_of_it(void **state)
{
    static const struct {
        const char *protocol;
        int status;
        enum connector_outcome outcome;
        const char *code, *words;
    } cases[] = {
        {FENCE "ok 2\n{}", EXITED(0), CONNECTOR_OK, "", ""},
        {FENCE "ok 3\n{}", EXITED(0), CONNECTOR_REFUSED, "no-description", "before it was"},
        {FENCE "ok 1\n{}", EXITED(0), CONNECTOR_REFUSED, "no-description", "before it was"},
        {FENCE "ok \n", EXITED(0), CONNECTOR_REFUSED, "no-description", "before it was"},
        {FENCE "", EXITED(0), CONNECTOR_REFUSED, "no-description", "before it was"},
        {FENCE "ok 2\n{}", EXITED(1), CONNECTOR_REFUSED, "no-description", "before it was"},
        {FENCE "refused stride A row is too short.\n", EXITED(10), CONNECTOR_REFUSED, "stride",
         "A row is too short."},
        {FENCE "refused stride\n", EXITED(10), CONNECTOR_REFUSED, "stride", "without a word"},
        {FENCE "refused \x1b[2J \x1b[2J\n", EXITED(10), CONNECTOR_REFUSED, "--2-", "?[2J"},
        {FENCE "policy openat\n", EXITED(11), CONNECTOR_POLICY, "policy", "called openat"},
        {FENCE "ok 2\n{}", SIGSEGV, CONNECTOR_CRASHED, "crashed", "signal 11"},
        {FENCE "ok 2\n{}", SIGXCPU, CONNECTOR_TIMED_OUT, "timed-out", "processor time"},
        {FENCE "ok 2\n{}", SIGSYS, CONNECTOR_POLICY, "policy", "forbids"},
        {"ferry-worker 2 landlock=7 seccomp=1\nok 2\n{}", EXITED(0), CONNECTOR_REFUSED, "worker",
         "of this version"},
        {"refused no-sandbox x\n", EXITED(12), CONNECTOR_REFUSED, "no-sandbox", "sha256:ab"},
        {"", EXITED(0), CONNECTOR_REFUSED, "worker", "of this version"},
    };
    const struct connector_file file = {.fd = -1, .sha256 = "ab"};
    const struct connector_worker worker = {.path = "/w"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct worker_answer answer = {.status = cases[i].status};
        struct connector_verdict verdict = {.outcome = CONNECTOR_OK};
        struct text description;

        buffer_init(&answer.protocol, CONNECTOR_DESCRIPTION_MAX);
        buffer_add_cstr(&answer.protocol, cases[i].protocol);
        description = worker_judge(&file, &worker, &answer, &verdict);
        if (verdict.outcome != cases[i].outcome || strcmp(verdict.why.code, cases[i].code) != 0 ||
            !strstr(verdict.why.text, cases[i].words)) {
            fail_msg("%s: %s %s: %s", cases[i].protocol, connector_outcome_name(verdict.outcome),
                     verdict.why.code, verdict.why.text);
        }
        assert_int_equal(description.at != NULL, verdict.outcome == CONNECTOR_OK);
        buffer_done(&answer.protocol);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(verdict__says_what_became_of_it)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
