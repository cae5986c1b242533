/* How ferry-worker ended and what it wrote, when a connector had its hands in it. */
#include "fuzz.h"

#include "connectors/connectors_internal.h"

/* What people see in a terminal: the connector may have printed anything, and it is told as it is
 * by JSON and made safe by the command. */
static void check_why(const struct connector_verdict *verdict)
{
    MUST(verdict->why.code[0] && verdict->why.text[0], "a verdict without a word");
    MUST(strspn(verdict->why.code, "abcdefghijklmnopqrstuvwxyz0123456789-_") ==
             strlen(verdict->why.code),
         "the code %s", verdict->why.code);
    MUST(text_is_utf8(text_of(verdict->why.text)), "words that are cut");
}

/* A byte for the status, one for the rest; what was printed, "\n%%%\n", the protocol. */
static void fuzz_one(struct text input)
{
    static const int statuses[] = {0,      0, 0,  10 << 8, 11 << 8, 12 << 8, 64 << 8,
                                   1 << 8, 9, 11, 24,      31,      6};
    uint8_t status = fuzz_byte(&input), more = fuzz_byte(&input);
    const char *cut = input.size ? memmem(input.at, input.size, "\n%%%\n", 5) : NULL;
    struct text printed = cut ? (struct text){input.at, (size_t)(cut - input.at)} : TEXT_NONE;
    struct text protocol = cut ? (struct text){cut + 5, input.size - printed.size - 5} : input;
    struct connector_file file = {.fd = -1, .sha256 = "ab"};
    struct connector_worker worker = {.path = "/w", .unfenced = more & 1};
    struct worker_answer answer = {.status =
                                       statuses[status % (sizeof statuses / sizeof *statuses)],
                                   .timed_out = (more & 14) == 14};
    struct connector_verdict verdict = {.outcome = CONNECTOR_OK};
    struct text description;

    buffer_init(&answer.protocol, CONNECTOR_DESCRIPTION_MAX);
    buffer_init(&answer.printed, 4096);
    buffer_add_text(&answer.protocol, protocol);
    buffer_add_text(&answer.printed, printed);
    description = worker_judge(&file, &worker, &answer, &verdict);
    MUST((verdict.outcome == CONNECTOR_OK) == (description.at != NULL), "a verdict of %s",
         connector_outcome_name(verdict.outcome));
    if (verdict.outcome == CONNECTOR_OK) {
        MUST(answer.status == 0 && !answer.timed_out, "all well after %d", answer.status);
    } else {
        check_why(&verdict);
    }
    buffer_done(&answer.protocol);
    buffer_done(&answer.printed);
}
