/* Our mark: put, found again, never another's; and the names that files are given. */
#include "object_named.h"
#include "unit.h"
#include "xero/xero.h"

#define HOME "https://ferry.invalid/"
#define MARK "0123456789abcdef"

struct fixture {
    struct arena *arena;
    uint64_t seed;
};

static int setup(void **state)
{
    struct fixture *f = memory_new(1, sizeof *f);

    f->arena = arena_new((size_t)64 << 20);
    f->seed = 20261124;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    arena_free(f->arena);
    memory_free(f);
    return 0;
}

static json_t *json_of(const char *text)
{
    struct error err;
    json_t *j = NULL;

    if (!json_read(text_of(text), 32, &j, &err)) {
        fail_msg("%s in %s", err.text, text);
    }
    return j;
}

/* ---- a table ---- */

/* clang-format off */
static const struct {
    const char *object, *body, *path, *after;
} marked[] = {
    {"Invoices", "{}", "Url", HOME "#ferry=" MARK},
    {"Invoices", "{\"Url\":\"https://a.example/e?x=1\"}", "Url",
     "https://a.example/e?x=1#ferry=" MARK},
    {"Invoices", "{\"Url\":\"https://a.example/e#top\"}", "Url",
     "https://a.example/e#top&ferry=" MARK},
    {"Invoices", "{\"Url\":\"https://a.example/#ferry=another\"}", "Url",
     "https://a.example/#ferry=another&ferry=" MARK},
    {"BankTransactions", "{}", "Url", HOME "#ferry=" MARK},
    {"ManualJournals", "{\"Narration\":\"pay\"}", "Url", HOME "#ferry=" MARK},
    {"Payments", "{}", "Reference", "ferry:" MARK},
    {"Payments", "{\"Reference\":\"card 12\"}", "Reference", "card 12 ferry:" MARK},
    {"Payments", "{\"Reference\":\"  \"}", "Reference", "ferry:" MARK},
    {"BankTransfers", "{\"Reference\":\"top up \"}", "Reference", "top up ferry:" MARK},
    {"PurchaseOrders", "{\"Reference\":\"PO\"}", "Reference", "PO ferry:" MARK},
    {"CreditNotes", "{\"Type\":\"ACCRECCREDIT\",\"CreditNoteNumber\":\"CN-1\"}",
     "CreditNoteNumber", "CN-1 ferry:" MARK},
    {"CreditNotes", "{\"CreditNoteNumber\":\"CN-1\"}", "CreditNoteNumber", "CN-1 ferry:" MARK},
};
/* clang-format on */

static void marks__stand_where_the_object_has_room(void **state)
{
    struct fixture *f = *state;
    struct error err;

    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++) {
        const struct xero_object *object = object_named(marked[i].object);
        json_t *body = json_of(marked[i].body);

        assert_true(xero_mark_put(object, body, MARK, HOME, &err));
        assert_string_equal(json_path_text(body, marked[i].path), marked[i].after);
        assert_true(xero_mark_matches(object, body, MARK));
        assert_false(xero_mark_matches(object, body, "0123456789abcdee"));
        assert_false(xero_mark_matches(object, body, "0123456789abcde"));
        assert_false(xero_mark_matches(object, body, ""));
        assert_string_equal(xero_mark_read(object, body, f->arena), MARK);
        json_decref(body);
    }
}

static void a_suppliers_credit_note__carries_it_in_its_first_line(void **state)
{
    struct fixture *f = *state;
    const struct xero_object *object = xero_object_find("xero.CreditNotes");
    json_t *body = json_of("{\"Type\":\"ACCPAYCREDIT\",\"CreditNoteNumber\":\"CN\",\"LineItems\":"
                           "[{\"Description\":\"Return\"},{\"Description\":\"More\"}]}");
    static const char *const without[] = {
        "{\"Type\":\"ACCPAYCREDIT\"}",
        "{\"Type\":\"ACCPAYCREDIT\",\"LineItems\":[]}",
        "{\"Type\":\"ACCPAYCREDIT\",\"LineItems\":[null]}",
        "{\"Type\":\"ACCPAYCREDIT\",\"LineItems\":{}}",
    };
    struct error err;

    assert_true(xero_mark_put(object, body, MARK, HOME, &err));
    assert_string_equal(json_path_text(body, "CreditNoteNumber"), "CN");
    assert_string_equal(
        json_path_text(json_array_get(json_object_get(body, "LineItems"), 0), "Description"),
        "Return ferry:" MARK);
    assert_string_equal(
        json_path_text(json_array_get(json_object_get(body, "LineItems"), 1), "Description"),
        "More");
    assert_string_equal(xero_mark_read(object, body, f->arena), MARK);
    json_decref(body);
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        body = json_of(without[i]);
        err = (struct error){0};
        assert_false(xero_mark_put(object, body, MARK, HOME, &err));
        assert_int_equal(err.kind, ERROR_REJECTED);
        assert_string_equal(err.code, "mark");
        assert_null(xero_mark_read(object, body, f->arena));
        json_decref(body);
    }
}

static void others__are_left_as_they_are(void **state)
{
    static const char *const names[] = {"Contacts", "Items", "Accounts", "TaxRates", "Attachments"};
    struct fixture *f = *state;
    struct error err;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_t *body = json_of("{\"Name\":\"Acme\",\"Code\":\"A\"}"), *was = json_deep_copy(body);

        assert_true(xero_mark_put(object_named(names[i]), body, MARK, HOME, &err));
        assert_true(json_equal(body, was));
        assert_null(xero_mark_read(object_named(names[i]), body, f->arena));
        json_decref(body);
        json_decref(was);
    }
}

/* clang-format off */
static const struct {
    const char *object, *element, *mark; /* NULL: none of ours */
} reads[] = {
    {"Invoices", "{}", NULL},
    {"Invoices", "{\"Url\":null}", NULL},
    {"Invoices", "{\"Url\":\"https://a.example/ferry\"}", NULL},
    {"Invoices", "{\"Url\":\"https://a.example/#ferry=\"}", NULL},
    {"Invoices", "{\"Url\":\"https://a.example/#ferry=ab&x=1\"}", "ab"},
    {"Invoices", "{\"Url\":\"#ferry=ab&ferry=cd\"}", "cd"},
    {"Invoices", "{\"Reference\":\"ferry:ab\"}", NULL},
    {"Payments", "{\"Reference\":\"ferry:ab and more\"}", "ab"},
    {"Payments", "{\"Reference\":\"ferry :ab\"}", NULL},
    {"Payments", "{\"Reference\":\"ferry:\"}", NULL},
    {"Payments", "{\"Reference\":17}", NULL},
    {"Attachments", "{\"FileName\":\"scan-ab12.pdf\"}", "ab12"},
    {"Attachments", "{\"FileName\":\"scan-of-ab12\"}", "ab12"},
    {"Attachments", "{\"FileName\":\"scan.pdf\"}", NULL},
    {"Attachments", "{}", NULL},
};
/* clang-format on */

static void marks__are_read_from_what_people_may_have_touched(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
        json_t *element = json_of(reads[i].element);
        const char *mark = xero_mark_read(object_named(reads[i].object), element, f->arena);

        if ((mark == NULL) != (reads[i].mark == NULL) ||
            (mark && strcmp(mark, reads[i].mark) != 0)) {
            fail_msg("%s: %s", reads[i].element, mark ? mark : "(none)");
        }
        json_decref(element);
    }
}

/* ---- properties ---- */

/* `count` characters of one to four bytes; words of ours among them. */
static const char *random_text(struct fixture *f, size_t count)
{
    static const char *const pieces[] = {"a", "Z",  "7",      " ",      "-",     ".",
                                         "/", "#",  "&",      "ß",      "日",    "€",
                                         "😀", "\t", "ferry:", "ferry=", "ferry", "\""};
    AUTO(buffer_done) struct buffer out = {0};

    buffer_init(&out, 65536);
    while (count--) {
        buffer_add_cstr(&out, pieces[next_random(&f->seed) % (sizeof pieces / sizeof *pieces)]);
    }
    return arena_copy_text(f->arena, buffer_text(&out));
}

static const char *random_mark(struct fixture *f)
{
    return arena_printf(f->arena, "%016llx", (unsigned long long)next_random(&f->seed));
}

/* Where the mark went, as text. */
static const char *marked_value(const struct xero_object *object, const json_t *body)
{
    return strcmp(json_path_text(body, "Type"), "ACCPAYCREDIT") == 0
               ? json_path_text(json_array_get(json_object_get(body, "LineItems"), 0),
                                "Description")
               : json_path_text(body, object->mark_field);
}

static void assert_round_trip(struct fixture *f, const char *name, const char *type, size_t most)
{
    const struct xero_object *object = object_named(name);
    const char *mark = random_mark(f), *had = random_text(f, next_random(&f->seed) % 2500);
    json_t *body = json_object(), *line = json_object(), *lines = json_array();
    struct error err;

    json_object_set_new(line, "Description", json_new_text(text_of(had)));
    json_array_append_new(lines, line);
    json_object_set_new(body, "LineItems", lines);
    json_object_set_new(body, "Type", json_new_text(text_of(type)));
    json_object_set_new(body, object->mark_field, json_new_text(text_of(had)));
    assert_true(xero_mark_put(object, body, mark, HOME, &err));
    const char *after = marked_value(object, body);
    if (!xero_mark_matches(object, body, mark) ||
        strcmp(xero_mark_read(object, body, f->arena), mark) != 0) {
        fail_msg("%s: %s is not in \"%s\"", name, mark, after);
    }
    assert_false(xero_mark_matches(object, body, random_mark(f)));
    assert_true(text_ends(text_of(after), mark));
    assert_true(text_is_utf8(text_of(after)));
    assert_true(strlen(after) <= most);
    /* what fits is kept whole */
    if (strlen(had) + 24 <= most) {
        assert_true(
            text_starts(text_of(after), arena_copy_text(f->arena, text_trim(text_of(had)))) ||
            object->mark == XERO_MARK_URL);
    }
    json_decref(body);
}

static void marks__are_found_again_in_any_text(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < 400; i++) {
        assert_round_trip(f, "Invoices", "ACCPAY", 2000);
        assert_round_trip(f, "BankTransactions", "SPEND", 2000);
        assert_round_trip(f, "ManualJournals", "", 2000);
        assert_round_trip(f, "Payments", "", 255);
        assert_round_trip(f, "BankTransfers", "", 255);
        assert_round_trip(f, "PurchaseOrders", "", 255);
        assert_round_trip(f, "CreditNotes", "ACCRECCREDIT", 255);
        assert_round_trip(f, "CreditNotes", "ACCPAYCREDIT", 4000);
        arena_reset(f->arena);
    }
}

/* ---- files ---- */

#define TEN "abcdefghij"

/* clang-format off */
static const struct {
    const char *name, *after;
    bool changed;
} files[] = {
    {"receipt.pdf", "receipt-ab12.pdf", false},
    {"Receipt_2026-11.JPEG", "Receipt_2026-11-ab12.JPEG", false},
    {"no ending", "no-ending-ab12", true},
    {"receipt", "receipt-ab12", false},
    {"Büro Müller & Söhne.pdf", "B-ro-M-ller-S-hne-ab12.pdf", true},
    {"領収書.png", "file-ab12.png", true},
    {"😀 party 🎉.jpg", "party-ab12.jpg", true},
    {"../../etc/passwd.png", "etc-passwd-ab12.png", true},
    {"../../etc/passwd", "etc-passwd-ab12", true},
    {"a.b.c.pdf", "a-b-c-ab12.pdf", true},
    {"..", "file-ab12", true},
    {".pdf", "file-ab12.pdf", true},
    {"Invoice No. 5", "Invoice-No-5-ab12", true},
    {"Invoice No. 5.pdf", "Invoice-No-5-ab12.pdf", true},
    {"name.", "name-ab12", true},
    {"name.p df", "name-p-df-ab12", true},
    {"name.pdf?x=1", "name-pdf-x-1-ab12", true},
    {"name.数", "name-ab12", true},
    {"name.abcdefghij", "name-ab12.abcdefghij", false},
    {"name.abcdefghijk", "name-abcdefghijk-ab12", true},
    {"-draft-.pdf", "draft-ab12.pdf", true},
    {"---", "file-ab12", true},
    {"", "file-ab12", true},
    {"a  b.pdf", "a-b-ab12.pdf", true},
    {"a--b__c.pdf", "a--b__c-ab12.pdf", false},
    {TEN TEN TEN TEN TEN TEN ".pdf", TEN TEN TEN TEN TEN TEN "-ab12.pdf", false},
    {TEN TEN TEN TEN TEN TEN TEN TEN ".pdf", TEN TEN TEN TEN TEN TEN "-ab12.pdf", true},
    {TEN TEN TEN TEN TEN "abcdefghi-zz.pdf", TEN TEN TEN TEN TEN "abcdefghi-ab12.pdf", true},
};
/* clang-format on */

static void file_names__are_cleaned_by_one_rule(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        bool changed = !files[i].changed;
        const char *after = xero_file_name(files[i].name, "ab12", f->arena, &changed);

        if (strcmp(after, files[i].after) != 0 || changed != files[i].changed) {
            fail_msg("\"%s\" became \"%s\", changed %d", files[i].name, after, changed);
        }
    }
}

static bool is_plain(const char *t)
{
    return t[strspn(t, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")] == 0;
}

static void file_names__are_short_and_plain_whatever_comes(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < 3000; i++) {
        const char *name = random_text(f, next_random(&f->seed) % 150), *mark = random_mark(f);
        bool changed;
        const char *after = xero_file_name(name, mark, f->arena, &changed);
        const char *ending = xero_file_ending(name), *dot = strchr(after, '.');
        size_t stem = strlen(after) - strlen(ending) - strlen(mark) - 1;
        json_t *element = json_object();

        if (!is_plain(after) || stem < 1 || stem > 60 || after[0] == '-' || strlen(ending) > 11) {
            fail_msg("\"%s\" became \"%s\"", name, after);
        }
        assert_string_equal(dot ? dot : "", ending); /* so one dot at most */
        assert_true(text_ends(text_of(name), ending));
        json_object_set_new(element, "FileName", json_new_text(text_of(after)));
        assert_true(xero_mark_matches(xero_object_find("xero.Attachments"), element, mark));
        json_decref(element);
        /* the same again, and the same for what is clean already */
        assert_string_equal(xero_file_name(name, mark, f->arena, &changed), after);
        xero_file_name(after, mark, f->arena, &changed);
        assert_true(!changed || stem + strlen(mark) + 1 > 60);
        arena_reset(f->arena);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(marks__stand_where_the_object_has_room),
        TEST(a_suppliers_credit_note__carries_it_in_its_first_line),
        TEST(others__are_left_as_they_are),
        TEST(marks__are_read_from_what_people_may_have_touched),
        TEST(marks__are_found_again_in_any_text),
        TEST(file_names__are_cleaned_by_one_rule),
        TEST(file_names__are_short_and_plain_whatever_comes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
