/* Answers to writes and what they prove: a table, and the cases that need more than one line. */
#include <stdio.h>

#include "unit.h"
#include "unit/xero/reply_answers.h"

static struct xero_exchange exchange_of(const struct row *row)
{
    return (struct xero_exchange){
        .object = xero_object_find("xero.Invoices"),
        .marks = marks,
        .count = strlen(row->fates),
        .status = row->status,
        .complete = !row->cut && row->status != 0,
        .content_type = "",
        .www_authenticate = row->www ? row->www : "",
        .body = text_of(row->body),
    };
}

static char letter_of(enum xero_fate fate)
{
    return (char)(fate == XERO_DONE      ? 'D'
                  : fate == XERO_REFUSED ? 'R'
                  : fate == XERO_NOT_RUN ? 'N'
                                         : 'U');
}

/* What holds for each element, whatever the answer was. */
static void assert_element(const struct row *row, const struct xero_element *element)
{
    bool done = element->fate == XERO_DONE;

    if ((element->id[0] != 0) != done ||
        (element->fate == XERO_REFUSED) != (element->code[0] != 0)) {
        fail_msg("%s: id \"%s\", code \"%s\"", row->what, element->id, element->code);
    }
    if (element->fate == XERO_REFUSED && (!element->sentence[0] || !element->fix[0])) {
        fail_msg("%s: refused without a sentence and a fix", row->what);
    }
    if (element->fate == XERO_REFUSED && strcmp(element->id, ZERO) == 0) {
        fail_msg("%s: the zero id was given out", row->what);
    }
}

static void assert_row(const struct row *row)
{
    struct arena *arena = arena_new((size_t)8 << 20);
    struct xero_exchange exchange = exchange_of(row);
    const char *code = row->code ? row->code : "";
    struct xero_reply reply;

    xero_reply_read(&exchange, arena, &reply);
    assert_int_equal(reply.element_count, exchange.count);
    for (size_t i = 0; i < reply.element_count; i++) {
        if (letter_of(reply.elements[i].fate) != row->fates[i]) {
            fail_msg("%s: element %zu is %c, not %c", row->what, i,
                     letter_of(reply.elements[i].fate), row->fates[i]);
        }
        assert_element(row, &reply.elements[i]);
    }
    if (strcmp(reply.code, code) != 0 || (code[0] && (!reply.sentence[0] || !reply.fix[0]))) {
        fail_msg("%s: code \"%s\", not \"%s\" (%s %s)", row->what, reply.code, code, reply.sentence,
                 reply.fix);
    }
    if (reply.not_run != row->why || reply.whole_refused != row->whole) {
        fail_msg("%s: not run %d, whole refused %d", row->what, reply.not_run, reply.whole_refused);
    }
    xero_reply_done(&reply);
    arena_free(arena);
}

static void answers__prove_what_the_table_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        assert_row(&answers[i]);
    }
}

/* ---- more than one line --------------------------------------------------------------------- */

struct one {
    struct arena *arena;
    struct xero_exchange exchange;
    struct xero_reply reply;
};

static int setup(void **state)
{
    struct one *one = memory_new(1, sizeof *one);

    one->arena = arena_new((size_t)8 << 20);
    one->exchange = exchange_of(&(struct row){.status = 200, .body = "", .fates = "1"});
    *state = one;
    return 0;
}

static int teardown(void **state)
{
    struct one *one = *state;

    xero_reply_done(&one->reply);
    arena_free(one->arena);
    memory_free(one);
    return 0;
}

static const struct xero_element *read_it(struct one *one, int status, struct text body)
{
    xero_reply_done(&one->reply);
    one->exchange.status = status;
    one->exchange.body = body;
    xero_reply_read(&one->exchange, one->arena, &one->reply);
    return one->reply.elements;
}

static void one_bad_of_fifty__never_blocks_the_others(void **state)
{
    struct one *one = *state;
    AUTO(buffer_done) struct buffer body = {0};
    const struct xero_element *elements;
    const char *fifty[50];
    char id[40];

    buffer_init(&body, 65536);
    buffer_add_cstr(&body, "{\"Invoices\":[");
    for (int i = 0; i < 50; i++) {
        fifty[i] = arena_printf(one->arena, "m%02d", i);
        buffer_addf(
            &body, "%s{\"InvoiceID\":\"%08d-1111-1111-1111-111111111111\",\"Url\":\"#ferry=%s\"%s}",
            i ? "," : "", i == 31 ? 0 : i + 1, fifty[i], i == 31 ? SAYS(LOCKED) : "");
    }
    buffer_add_cstr(&body, "]}");
    one->exchange.marks = fifty;
    one->exchange.count = 50;
    elements = read_it(one, 200, buffer_text(&body));
    for (int i = 0; i < 50; i++) {
        snprintf(id, sizeof id, "%08d-1111-1111-1111-111111111111", i + 1);
        assert_int_equal(elements[i].fate, i == 31 ? XERO_REFUSED : XERO_DONE);
        assert_string_equal(elements[i].id, i == 31 ? "" : id);
    }
    assert_string_equal(elements[31].code, "locked-period");
    assert_int_equal(elements[31].message_count, 1);
    assert_string_equal(elements[31].messages[0], LOCKED);
    assert_false(one->reply.whole_refused);
}

static void messages_and_warnings__are_kept_in_xeros_words(void **state)
{
    struct one *one = *state;
    AUTO(buffer_done) struct buffer body = {0};
    const struct xero_element *element;

    buffer_init(&body, 65536);
    buffer_add_cstr(&body, "{\"Invoices\":[{\"InvoiceID\":\"" ID1 "\",\"Warnings\":"
                           "[{\"Message\":\"the rate was set\"},{\"Message\":\"\"},7]");
    element = read_it(one, 200, buffer_text(&body)); /* cut */
    assert_int_equal(element->fate, XERO_UNKNOWN);
    buffer_add_cstr(&body, "}]}");
    element = read_it(one, 200, buffer_text(&body));
    assert_int_equal(element->fate, XERO_DONE);
    assert_int_equal(element->warning_count, 1);
    assert_string_equal(element->warnings[0], "the rate was set");
    buffer_clear(&body);
    buffer_add_cstr(&body, "{\"Invoices\":[{\"ValidationErrors\":[");
    for (int i = 0; i < 40; i++) {
        buffer_addf(&body, "%s{\"Message\":\"%0900d\"}", i ? "," : "", i);
    }
    buffer_add_cstr(&body, "]}]}");
    element = read_it(one, 200, buffer_text(&body));
    assert_int_equal(element->fate, XERO_REFUSED);
    assert_int_equal(element->message_count, 20);
    assert_int_equal(strlen(element->messages[0]), 500);
    assert_string_equal(element->code, "refused");
    buffer_clear(&body);
    buffer_add_cstr(&body, "{\"Invoices\":[{\"ValidationErrors\":[{\"Message\":\"x");
    for (int i = 0; i < 300; i++) {
        buffer_add_cstr(&body, "é");
    }
    buffer_add_cstr(&body, "\"}]}]}");
    element = read_it(one, 200, buffer_text(&body));
    assert_int_equal(strlen(element->messages[0]), 499); /* whole characters */
    assert_true(text_is_utf8(text_of(element->messages[0])));
}

static void a_name_that_is_taken__is_told_apart(void **state)
{
    struct one *one = *state;
    const struct xero_element *element;

    one->exchange.object = xero_object_find("xero.Contacts");
    element = read_it(one, 200,
                      TEXT("{\"Contacts\":[{\"ContactID\":\"" ZERO "\",\"Name\":\"Acme\"" SAYS(
                          "The contact name Acme is already assigned to another contact. The "
                          "contact name must be unique across all active contacts.") "}]}"));
    assert_int_equal(element->fate, XERO_REFUSED);
    assert_true(element->taken);
    assert_string_equal(element->code, "name-taken");
    element = read_it(one, 200, TEXT("{\"Contacts\":[{\"ContactID\":\"" ID1 "\"}]}"));
    assert_int_equal(element->fate, XERO_DONE);
    assert_false(element->taken);
}

/* Contacts carry no mark of ours: their names tell them apart. */
static void keys__are_compared_as_marks_are(void **state)
{
    struct one *one = *state;
    json_t *sent[] = {json_pack("{ss}", "Name", "Acme"), json_pack("{ss}", "Name", "Bolt"),
                      json_pack("{ss}", "Name", "Cork")};
    const struct xero_element *elements;

    one->exchange.object = xero_object_find("xero.Contacts");
    one->exchange.sent = (const json_t *const *)sent;
    one->exchange.marks = (const char *const[]){NULL, NULL, NULL};
    one->exchange.count = 3;
    elements = read_it(one, 200,
                       TEXT("{\"Contacts\":[{\"ContactID\":\"" ID1 "\",\"Name\":\"Bolt\"},"
                            "{\"ContactID\":\"" ID2 "\",\"Name\":\"Acme\"},"
                            "{\"ContactID\":\"" ID3 "\",\"Name\":\"Cork Ltd\"}]}"));
    assert_int_equal(elements[0].fate, XERO_UNKNOWN);
    assert_int_equal(elements[1].fate, XERO_UNKNOWN);
    assert_int_equal(elements[2].fate, XERO_DONE); /* Xero may tidy a name */
    for (int i = 0; i < 3; i++) {
        json_decref(sent[i]);
    }
}

static void positions_alone__count_without_marks(void **state)
{
    struct one *one = *state;
    const struct xero_element *elements;

    one->exchange.marks = NULL;
    one->exchange.count = 2;
    elements = read_it(one, 200, TEXT(INVOICES(GOOD2 "," GOOD1)));
    assert_int_equal(elements[0].fate, XERO_DONE);
    assert_string_equal(elements[0].id, ID2);
    assert_string_equal(elements[1].id, ID1);
    one->exchange.marks = (const char *const[]){NULL, "a1"};
    elements = read_it(one, 200, TEXT(INVOICES(GOOD2 "," GOOD2)));
    assert_int_equal(elements[0].fate, XERO_DONE);
    assert_int_equal(elements[1].fate, XERO_UNKNOWN);
    one->exchange.marks = (const char *const[]){"a1", "a1"}; /* ours is the mistake: places count */
    elements = read_it(one, 200, TEXT(INVOICES(GOOD1 "," INVOICE(ID2, "a1", ""))));
    assert_string_equal(elements[0].id, ID1);
    assert_string_equal(elements[1].id, ID2);
}

static void depth_and_odd_bytes__are_not_believed(void **state)
{
    struct one *one = *state;
    AUTO(buffer_done) struct buffer body = {0};

    buffer_init(&body, 65536);
    buffer_add_cstr(&body, "{\"Invoices\":[{\"InvoiceID\":\"" ID1 "\",\"Deep\":");
    for (int i = 0; i < 61; i++) {
        buffer_add_char(&body, '[');
    }
    for (int i = 0; i < 61; i++) {
        buffer_add_char(&body, ']');
    }
    buffer_add_cstr(&body, "}]}");
    assert_int_equal(read_it(one, 200, buffer_text(&body))->fate, XERO_UNKNOWN);
    assert_int_equal(read_it(one, 200, TEXT("{\"Invoices\":[\0]}"))->fate, XERO_UNKNOWN);
    assert_int_equal(read_it(one, 429, TEXT_NONE)->fate, XERO_NOT_RUN);
    assert_int_equal(read_it(one, 200, TEXT_NONE)->fate, XERO_UNKNOWN);
    one->exchange.count = 0;
    read_it(one, 200, TEXT(INVOICES("")));
    assert_int_equal(one->reply.element_count, 0);
    assert_string_equal(one->reply.code, "");
}

/* Any cut of a good answer, and any byte of it spoiled, never gives a wrong id. */
static void damage__never_makes_another_id(void **state)
{
    static const char whole[] = INVOICES(GOOD1 "," GOOD2);
    struct one *one = *state;
    const struct xero_element *elements;
    uint64_t seed = 20261124;
    char spoiled[sizeof whole];

    one->exchange.count = 2;
    for (size_t size = 0; size < sizeof whole - 1; size++) {
        elements = read_it(one, 200, (struct text){whole, size});
        assert_int_equal(elements[0].fate, XERO_UNKNOWN);
        assert_int_equal(elements[1].fate, XERO_UNKNOWN);
    }
    for (int i = 0; i < 300; i++) {
        memcpy(spoiled, whole, sizeof whole);
        spoiled[next_random(&seed) % (sizeof whole - 1)] = (char)(next_random(&seed) & 0x1f);
        elements = read_it(one, 200, (struct text){spoiled, sizeof whole - 1});
        if (elements[0].fate == XERO_DONE) {
            assert_string_equal(elements[0].id, ID1);
        }
        if (elements[1].fate == XERO_DONE) {
            assert_string_equal(elements[1].id, ID2);
        }
    }
}

#define ONE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers__prove_what_the_table_says),
        ONE(one_bad_of_fifty__never_blocks_the_others),
        ONE(messages_and_warnings__are_kept_in_xeros_words),
        ONE(a_name_that_is_taken__is_told_apart),
        ONE(keys__are_compared_as_marks_are),
        ONE(positions_alone__count_without_marks),
        ONE(depth_and_odd_bytes__are_not_believed),
        ONE(damage__never_makes_another_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
