/* What holds a document: values that cannot be worked out, found when they are evaluated. */
#include "script.h"

#define WORLD                                                                                      \
    "list things *id: text, kind: 'a'|'b', name: text?, n: decimal, rate: decimal?, "              \
    "currency: text, total: money(currency), day: date, at: time, owner: users?, tags: text[], "   \
    "lines: [*id: text, n: decimal, currency: text, amount: money(currency), code: text?]\n"       \
    "list users *id: text, name: text, email: text?\n"                                             \
    "small codes *code: text, name: text\n"                                                        \
    "list invoices *id: text, bill: bills, owner: users\n"                                         \
    "sink bills *BillID: text!, Number: text(8), Total: money(Currency)?, Currency: text?, "       \
    "Owner: xero.Contacts?, Lines: [Name: text(4), Amount: money(parent.Currency)?]?\n"            \
    "put users {\"id\":\"u1\",\"name\":\"Ann\",\"email\":\"a@b.c\"}\n"                             \
    "put users {\"id\":\"u2\",\"name\":\"Bob\",\"email\":\"a@b.c\"}\n"                             \
    "put codes {\"code\":\"A\",\"name\":\"One\"}\n"                                                \
    "put codes {\"code\":\"B\",\"name\":\"One\"}\n"                                                \
    "put things {\"id\":\"1\",\"kind\":\"a\",\"n\":2,\"currency\":\"EUR\",\"total\":10.00,"        \
    "\"day\":\"2026-10-01\",\"at\":\"2026-10-01T22:00:00Z\",\"owner\":\"u1\",\"tags\":[\"x\","     \
    "\"y\"],\"lines\":[{\"id\":\"l1\",\"n\":1,\"currency\":\"EUR\",\"amount\":6.00,"               \
    "\"code\":\"A\"},{\"id\":\"l2\",\"n\":2,\"currency\":\"GBP\",\"amount\":4.00}]}\n"             \
    "put things {\"id\":\"2\",\"kind\":\"b\",\"n\":0,\"currency\":\"EUR\",\"total\":0.00,"         \
    "\"day\":\"2026-10-01\",\"at\":\"2026-10-01T22:00:00Z\",\"owner\":\"gone\",\"tags\":[],"       \
    "\"lines\":[{\"id\":\"l\",\"n\":1,\"currency\":\"EUR\",\"amount\":0},{\"id\":\"l\",\"n\":1,"   \
    "\"currency\":\"EUR\",\"amount\":0}]}\n"                                                       \
    "put invoices {\"id\":\"i1\",\"bill\":\"b1\",\"owner\":\"u1\"}\n"                              \
    "put bills {\"BillID\":\"b1\",\"Number\":\"N1\"}\n"                                            \
    "at things 1\n"

#define BILL "mapping bill things → bills\n"

struct held {
    const char *about, *script;
};

static const struct held values[] = {
    {"currencies that meet", "sum(lines, amount) → held mixed-currency\n"
                             "max(lines, amount) → held mixed-currency\n"
                             "total + money(1, 'USD') → held mixed-currency\n"
                             "total < money(1, 'USD') → held mixed-currency\n"
                             "total != money(1, 'USD') → held mixed-currency\n"
                             "total in (money(1, 'USD')) → held mixed-currency\n"
                             "total in [money(1, 'USD')] → held mixed-currency\n"
                             "sum(lines, money(value(amount), 'EUR')) → 10.00 EUR\n"},
    {"zero goes with all", "at things 2\ntotal + money(1, 'USD') → 1.00 USD\n"
                           "total == money(0, 'USD') → true\n"
                           "0 == total → true\n0 < total → false\ntotal >= 0 → true\n"
                           "sum(lines, amount) == total → true\n"},
    {"sums of nothing", "sum([]) ✗ ought to be decimal\n"
                        "sum(where(lines, n > 9), n) → 0\n"
                        "sum(where(lines, n > 9), n) * total → 0 EUR\n"
                        "day + sum(where(lines, n > 9), n) → 2026-10-01\n"
                        "div(sum(where(lines, n > 9), n), 2, 0) → 0\n"
                        "-sum(where(lines, n > 9), amount) → 0 of any currency\n"
                        "sum(where(lines, n > 9), amount) * 2 → 0 of any currency\n"
                        "sum(where(lines, n > 9), amount) + total → 10.00 EUR\n"
                        "total - sum(where(lines, n > 9), amount) → 10.00 EUR\n"
                        "total == sum(where(lines, n > 9), amount) → false\n"
                        "value(sum(where(lines, n > 9), amount)) + 1 → 1\n"
                        "money(sum(where(lines, n > 9), n), 'EUR') → 0 EUR\n"
                        "if(n > 0, sum(where(lines, n > 9), n), 1) + 1 → 1\n"},
    {"more than one", "find(users, email == 'a@b.c') → held ambiguous\n"
                      "find(codes, name == 'One') → held ambiguous\n"
                      "find(lines, n > 0).id → held ambiguous\n"
                      "find(lines, n > 1).id → \"l2\"\n"},
    {"a record that is not there", "at things 2\nowner → users/gone\nowner.name → held not-read\n"
                                   "exists(owner) → true\nowner == users['u1'] → false\n"
                                   "users['gone'].name ?? 'none' → \"none\"\n"},
    {"a key of a group", "group(lines, by: code) → held group-key\n"
                         "count(group(lines, by: code ?? 'none')) → 2\n"},
    {"numbers", "div(1, n - 2, 2) → held division\ndiv(1, n, 19) → held division\n"
                "div(1, n, -1) → held division\n"
                "99999999999999999999 * 99999999999999999999 → held overflow\n"
                "day + 99999999999 → held overflow\nnumber('') → held not-a-number\n"
                "number('1 2') → held not-a-number\nmoney(n, '') → held currency\n"
                "cut('abc', -1) → \"\"\n"},
    {"days", "day(at, 'Nowhere/City') → held zone\n"
             "period(day, day, join('', 'YEAR', 'LY')) → held period\n"
             "date('31.02.2026', 'DD.MM.YYYY') → held not-a-date\n"},
    {"what is not evaluated", "if(n > 1, 1, hold('x: y')) → 1\n"
                              "n > 1 or hold('x: y') → true\n"
                              "n > 5 and hold('x: y') → false\n"
                              "owner ?? hold('x: y') → users/u1\n"
                              "case(kind, 'a': 1, 'b': hold('x: y')) → 1\n"
                              "find(lines, n > 9) ?? hold('none-left: y') → held none-left\n"
                              "hold('x: y') ?? 1 → held x\n"},
    {"a derived field", "derive things.half div(1, n, 2)\nat things 2\nhalf → held division\n"
                        "things['2'].half ?? 1 → held division\n"},
    {"shares", "derive invoices.its share(money(1, 'EUR'), where(invoices, owner == parent.owner),"
               " 0)\nat invoices i1\nits → 1 EUR\n"},
    {"no organisation", "day(at, org.Timezone) → held zone\n"},
};

static const struct held documents[] = {
    {"a document compared with what it was written to",
     BILL "field Number id\ndocument bill 1 {\"state\":\"done\",\"id\":\"b1\"}\n"
          "count(where(invoices, bill == @bill(parent))) → 1\nat invoices i1\n"
          "bill == @bill(things['1'] ?? hold('x: y')) → true\n"
          "bill == @bill(things['2'] ?? hold('x: y')) → false\n"
          "bills[@bill(things['1'] ?? hold('x: y'))].Number → \"N1\"\n"
          "bill in [@bill(things['1'] ?? hold('x: y'))] → true\n"},
    {"fields of a document nobody knows yet",
     BILL "field Number id\n@bill.Number ✗ a document has no 'Number'\n@bill.state → \"none\"\n"
          "@bill.id → nothing\n@bill.target.Number → nothing\n@bill.record → nothing\n"},
    {"two documents for one object",
     BILL "field Number id\ndocument bill 1 {\"state\":\"done\",\"id\":\"b1\"}\n"
          "document bill 2 {\"state\":\"done\",\"id\":\"b1\"}\nat invoices i1\n"
          "@bill(bill) → held ambiguous\n"},
    {"a list inside what is searched for",
     "find(users, name == first(where(codes, name == parent.name)).name).id ✗ would read the "
     "whole\n"
     "find(users, name == first(where(codes, code == parent.id)).name).id ✗ would read the "
     "whole\n"
     "find(users, name == first(where(codes, code == 'A')).name).id → nothing\n"},
};

static const struct held makes[] = {
    {"the currency of a document", BILL "field Number id\nfield Total total\nfield Currency 'GBP'\n"
                                        "make bill 1 → held wrong-currency at Total\n"
                                        "make bill 2 → {\"Currency\":\"GBP\",\"Number\":\"2\","
                                        "\"Total\":0.00}\n"},
    {"the currency of a line",
     BILL "field Number id\nfield Currency currency\n"
          "part line lines → Lines\nskip n < 2 because x: x\nfield Name id\n"
          "field Amount amount\n"
          "make bill 1 → held wrong-currency at line.Amount\n"},
    {"lines of two currencies", BILL "field Number id\npart line lines → Lines\nfield Name id\n"
                                     "field Amount amount\nmake bill 1 → held mixed-currency\n"},
    {"the organisation's currency",
     BILL "field Number id\nfield Total total\nput xero.Organisation {\"OrganisationID\":\"o\","
          "\"Name\":\"H\",\"BaseCurrency\":\"GBP\",\"Timezone\":\"UTC\"}\n"
          "make bill 1 → held wrong-currency at Total\n"},
    {"texts that do not fit", BILL "field Number join('', 'ÄÖÜäöüß', id, id)\n"
                                   "make bill 1 → held text-too-long at Number\n"},
    {"texts that just fit", BILL "field Number join('', 'ÄÖÜäöüß', id)\n"
                                 "make bill 1 → {\"Number\":\"ÄÖÜäöüß1\"}\n"},
    {"texts of lines", BILL "field Number id\npart line lines → Lines\nfield Name 'longer'\n"
                            "make bill 1 → held text-too-long at line.Name\n"},
    {"lines with one key", BILL "field Number id\npart line lines → Lines\nfield Name id\n"
                                "make bill 2 → held line-twice\n"
                                "make bill 1 → {\"Lines\":[{\"#\":\"line/l1\",\"Name\":\"l1\"},"
                                "{\"#\":\"line/l2\",\"Name\":\"l2\"}],\"Number\":\"1\"}\n"},
    {"a guard that cannot be asked", BILL "skip owner.name == 'Ann' because x: x\nfield Number id\n"
                                          "make bill 1 → skip x\nmake bill 2 → held not-read\n"},
    {"the guards of a part", BILL "field Number id\npart line lines → Lines\n"
                                  "hold not exists(code) because no-code: Give it a code.\n"
                                  "field Name id\nmake bill 1 → held no-code\n"},
    {"the first guard decides", BILL "wait n > 1 because a: a\nhold n > 0 because b: b\n"
                                     "skip true because c: c\nfield Number id\n"
                                     "make bill 1 → wait a\nmake bill 2 → skip c\n"},
    {"several matches",
     "mapping person users → xero.Contacts\nmatch EmailAddress == parent.email\n"
     "match Name == parent.name\nfield Name name\n"
     "put xero.Contacts {\"ContactID\":\"c1\",\"Name\":\"Ann\",\"ContactStatus\":\"ACTIVE\"}\n"
     "put xero.Contacts {\"ContactID\":\"c2\",\"Name\":\"Ann\",\"ContactStatus\":\"ACTIVE\"}\n"
     "make person u1 → held ambiguous\nmake person u2 → {\"Name\":\"Bob\"}\n"},
    {"a match, and one that is known already",
     "mapping person users → xero.Contacts\nmatch Name == parent.name\nfield Name name\n"
     "put xero.Contacts {\"ContactID\":\"c1\",\"Name\":\"Ann\",\"ContactStatus\":\"ACTIVE\"}\n"
     "put xero.Contacts {\"ContactID\":\"c2\",\"Name\":\"Bob\",\"ContactStatus\":\"ACTIVE\"}\n"
     "document person u2 {\"state\":\"done\",\"id\":\"c9\"}\n"
     "make person u1 → {\"Name\":\"Ann\"} is c1\nmake person u2 → {\"Name\":\"Bob\"}\n"},
    {"a reference to no document",
     "mapping person users → xero.Contacts\nfield Name name\n"
     "mapping bill xero.Contacts → bills\nfield Number 'x'\nfield Owner @person\n"
     "put xero.Contacts {\"ContactID\":\"c1\",\"Name\":\"Ann\",\"ContactStatus\":\"ACTIVE\"}\n"
     "put xero.Contacts {\"ContactID\":\"c2\",\"Name\":\"Bob\",\"ContactStatus\":\"ACTIVE\"}\n"
     "document person u1 {\"state\":\"done\",\"id\":\"c1\"}\n"
     "make bill c1 → {\"Number\":\"x\",\"Owner\":{\"@\":[\"person\",\"u1\"]}}\n"
     "make bill c2 → held no-document at Owner\n"},
    {"no echo", "mapping there users → xero.Contacts\nfield Name name\n"
                "mapping back xero.Contacts → users\n"
                "put xero.Contacts {\"ContactID\":\"c1\",\"Name\":\"Ann\",\"ContactStatus\":"
                "\"ACTIVE\"}\ndocument there u1 {\"state\":\"done\",\"id\":\"c1\"}\n"
                "make back c1 → skip echo\n"},
};

static unsigned run(const struct held *all, size_t count)
{
    unsigned failures = 0;

    for (size_t i = 0; i < count; i++) {
        struct script *s = memory_new(1, sizeof *s);

        script_start(s, all[i].about);
        script_add(s, TEXT(WORLD), 1);
        script_add(s, text_of(all[i].script), 1);
        failures += script_finish(s);
        memory_free(s);
    }
    return failures;
}

#define RUN(table) assert_int_equal(run(table, sizeof(table) / sizeof *(table)), 0)

static void evaluation__holds_what_it_cannot_work_out(void **state)
{
    (void)state;
    RUN(values);
}

static void evaluation__knows_what_documents_stand_for(void **state)
{
    (void)state;
    RUN(documents);
}

static void mapping__holds_what_cannot_be_sent(void **state)
{
    (void)state;
    RUN(makes);
}

/* 500 lines looked at 500 times are more than a subject may take; once is not. */
static void evaluation__has_an_end(void **state)
{
    struct script *s = memory_new(1, sizeof *s);
    AUTO(buffer_done) struct buffer record;

    (void)state;
    buffer_init(&record, 1 << 20);
    buffer_add_cstr(&record, "put long {\"id\":\"1\",\"lines\":[");
    for (int i = 0; i < 500; i++) {
        buffer_addf(&record, "%s{\"id\":\"%d\",\"n\":%d}", i ? "," : "", i, i);
    }
    buffer_add_cstr(&record, "]}\n");
    script_start(s, "too long");
    script_add(s,
               TEXT("list long *id: text, lines: [*id: text, n: decimal]\n"
                    "sink bills *BillID: text!, Count: decimal\n"
                    "mapping bill long → bills\n"
                    "field Count sum(lines, sum(parent.lines, n))\n"),
               1);
    script_add(s, buffer_text(&record), 1);
    script_add(s,
               TEXT("at long 1\nsum(lines, n) → 124750\n"
                    "sum(lines, sum(parent.lines, n)) → held too-long\n"
                    "make bill 1 → held too-long at Count\n"),
               1);
    assert_int_equal(script_finish(s), 0);
    memory_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluation__holds_what_it_cannot_work_out),
        cmocka_unit_test(evaluation__knows_what_documents_stand_for),
        cmocka_unit_test(mapping__holds_what_cannot_be_sent),
        cmocka_unit_test(evaluation__has_an_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
