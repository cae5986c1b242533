/* What a restored store makes of the marks that Xero shows. */
#include "../store/ledger_fixture.h"
#include "base/memory.h"
#include "connectors/connectors.h"
#include "courier/delivery.h"
#include "ferry/describe.h"

/* clang-format off */
static const struct ferry_list lists[] = {
    {.name = "orders", .about = "what was bought", .record = "*id: text, day: date, total: money('EUR')",
     .read = READ(.get = "GET /orders", .records = "*")},
};
static const struct ferry_mapping books[] = {
    {.name = "seller", .about = "who sold it", .from = "orders", .to = "xero.Contacts", .gone = "'leave'", .fields = FIELDS({"Name", "id"})},
    {.name = "purchase", .was = "bill", .about = "an order is a bill", .from = "orders", .to = "xero.Invoices", .gone = "'remove'",
     .fields = FIELDS({"Type", "'ACCPAY'"}, {"Status", "'DRAFT'"}, {"LineAmountTypes", "'NoTax'"}, {"CurrencyCode", "'EUR'"},
                      {"Contact.ContactID", "@seller"}, {"Date", "day"}),
     .parts = PARTS({.name = "all", .to = "LineItems", .fields = FIELDS({"Description", "id"}, {"Quantity", "1"}, {"UnitAmount", "total"})})},
};
static const struct ferry_flow flows[] = {{.name = "books", .about = "all of it", .when = "every 60m", .mappings = ALL(books)}};
static const struct ferry_connector connector = {
    .size = sizeof(struct ferry_connector), .abi = (FERRY_ABI_MAJOR << 16) | FERRY_ABI_MINOR,
    .id = "shop", .version = "1.0.0", .name = "Shop", .about = "a shop", .hosts = "api shop.example", .login = "bearer",
    .quota = "10 per 1s", .lists = ALL(lists), .flows = ALL(flows)};
/* clang-format on */

static int add_bytes(void *self, const char *bytes, size_t size)
{
    buffer_add(self, bytes, size);
    return 1;
}

static struct program *compile(struct fixture *f)
{
    AUTO(buffer_done) struct buffer out = {0};
    struct ferry_problem problem;
    struct ferry_sink sink = {&out, add_bytes};
    const struct declaration *declared = NULL, *xero = NULL;
    struct complaints complaints = {NULL, 0};
    struct program *program = NULL;

    buffer_init(&out, CONNECTOR_DESCRIPTION_MAX);
    assert_true(ferry_describe(&connector, &sink, &problem));
    assert_true(declaration_read(buffer_text(&out), f->arena, &declared, &f->err));
    assert_true(xero_declaration(f->arena, &xero, &f->err));
    if (!map_compile(declared, xero, NULL, f->arena, &program, &complaints)) {
        fail_msg("%s: %s", complaints.at[0].place, complaints.at[0].sentence);
    }
    return program;
}

/* ---- what Xero shows: {name of the mapping that wrote it, id, status, total} ---- */

struct shown {
    const char *mapping, *id, *status, *total;
};

static json_t *element_of(const struct integration *in, const struct shown *shown,
                          struct arena *arena)
{
    const struct document d = {.mapping = shown->mapping, .key = "e1"};
    json_t *element = json_object();

    json_object_set_new(element, "InvoiceID", json_string(shown->id));
    json_object_set_new(element, "Status", json_string(shown->status));
    json_object_set_new(element, "Total", json_new_number(text_of(shown->total)));
    json_object_set_new(
        element, "Url",
        json_string(arena_printf(arena, "https://there/#ferry=%s", delivery_mark(in, &d, arena))));
    return element;
}

static const struct {
    const char *what;
    struct shown shown[3];
    const char *known; /* the document has this id already, and is posted anew afterwards */
    enum document_state state;
    const char *code, *target;
} cases[] = {
    {"one is there", {{"purchase", "x-1", "AUTHORISED", "12.50"}}, "", DOCUMENT_DONE, "", "x-1"},
    {"a cent is no difference, of which Xero keeps none",
     {{"purchase", "x-1", "AUTHORISED", "12.504"}},
     "",
     DOCUMENT_DONE,
     "",
     "x-1"},
    {"under the name of before", {{"bill", "x-1", "PAID", "12.50"}}, "", DOCUMENT_DONE, "", "x-1"},
    {"of another amount",
     {{"purchase", "x-1", "AUTHORISED", "12.51"}},
     "",
     DOCUMENT_WAITING,
     "",
     "x-1"},
    {"voided", {{"purchase", "x-1", "VOIDED", "12.50"}}, "", DOCUMENT_HELD, "taken-away", ""},
    {"voided, and written anew",
     {{"purchase", "x-1", "VOIDED", "12.50"}, {"purchase", "x-2", "AUTHORISED", "12.50"}},
     "",
     DOCUMENT_DONE,
     "",
     "x-2"},
    {"written anew, in another order",
     {{"purchase", "x-2", "AUTHORISED", "12.50"}, {"purchase", "x-1", "VOIDED", "12.50"}},
     "",
     DOCUMENT_DONE,
     "",
     "x-2"},
    {"voided since it was shown",
     {{"purchase", "x-1", "AUTHORISED", "12.50"}, {"purchase", "x-1", "VOIDED", "12.50"}},
     "",
     DOCUMENT_HELD,
     "taken-away",
     ""},
    {"known, and posted anew by a person",
     {{"purchase", "x-1", "VOIDED", "12.50"}, {"purchase", "x-2", "AUTHORISED", "12.50"}},
     "x-2",
     DOCUMENT_READY,
     "",
     ""},
    {"another's", {{"expense", "x-1", "AUTHORISED", "12.50"}}, "", DOCUMENT_READY, "", ""},
};

struct adopting {
    struct fixture *f;
    struct integration integration;
};

static int64_t plan_one(struct fixture *f, struct db *db, const char *key, const char *known)
{
    struct document_plan plan = a_plan(key, DOCUMENT_READY, "h1");
    int64_t id = 0;

    plan.mapping = "purchase";
    plan.currency = "EUR";
    assert_true(ledger_plan(db, 1, &plan, &id, &f->err));
    if (known[0]) {
        assert_true(ledger_link(db, id, known, "kim", &f->err));
    }
    return id;
}

static void check_case(struct adopting *a, struct db *db, size_t index)
{
    struct fixture *f = a->f;
    json_t *elements = json_array();
    struct adoption adoption = {
        .integration = &a->integration, .object = "xero.Invoices", .elements = elements};
    int64_t id = plan_one(f, db, "e1", cases[index].known);
    struct document now;

    for (size_t i = 0; i < 3 && cases[index].shown[i].id; i++) {
        json_array_append_new(elements,
                              element_of(&a->integration, &cases[index].shown[i], f->arena));
    }
    assert_true(courier_keep_marks(db, &adoption, &f->err));
    json_decref(elements);
    if (cases[index].known[0]) {
        assert_true(ledger_repost(db, id, "kim", "again", &f->err));
    }
    assert_true(courier_link_marked(db, &adoption, &f->err));
    now = get(f, db, id);
    if (now.state != cases[index].state || strcmp(now.code, cases[index].code) != 0 ||
        strcmp(now.target_id, cases[index].target) != 0) {
        fail_msg("%s: state %d, code \"%s\", target \"%s\"", cases[index].what, (int)now.state,
                 now.code, now.target_id);
    }
}

struct one_case {
    struct adopting *a;
    size_t index;
};

/* Each on its own: what it did is undone. */
static bool work_case(struct db *db, void *self, struct error *err)
{
    struct one_case *one = self;

    check_case(one->a, db, one->index);
    return error_set(err, ERROR_CANCELLED, "undone", "so that the next begins anew");
}

static void marks__say_what_became_of_it(void **state)
{
    struct fixture *f = *state;
    struct adopting a = {f, {.id = 1, .source_account = "account", .tenant_id = "tenant"}};

    a.integration.program = compile(f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(store_now(f->store, work_case, &(struct one_case){&a, i}, &f->err));
        assert_string_equal(f->err.code, "undone");
    }
    map_free((struct program *)(uintptr_t)a.integration.program);
}

/* What is on its way is settled by its request, not by what is seen of it. */
static bool work_sending(struct db *db, void *self, struct error *err)
{
    struct adopting *a = self;
    struct fixture *f = a->f;
    const struct shown shown = {"purchase", "x-1", "AUTHORISED", "12.50"};
    AUTO_JSON json_t *elements = json_array();
    struct adoption adoption = {
        .integration = &a->integration, .object = "xero.Invoices", .elements = elements};
    int64_t id = plan_one(f, db, "e1", "");

    (void)err;
    (void)intended(f, db, id, "h1");
    json_array_append_new(elements, element_of(&a->integration, &shown, f->arena));
    assert_true(courier_keep_marks(db, &adoption, &f->err));
    assert_true(courier_link_marked(db, &adoption, &f->err));
    assert_int_equal(get(f, db, id).state, DOCUMENT_SENDING);
    assert_int_equal(adoption.linked, 0);
    return true;
}

static void what_is_on_its_way__is_left_to_its_request(void **state)
{
    struct fixture *f = *state;
    struct adopting a = {f, {.id = 1, .source_account = "account", .tenant_id = "tenant"}};

    a.integration.program = compile(f);
    NOW(f, work_sending, &a);
    map_free((struct program *)(uintptr_t)a.integration.program);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(marks__say_what_became_of_it),
        TEST(what_is_on_its_way__is_left_to_its_request),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
