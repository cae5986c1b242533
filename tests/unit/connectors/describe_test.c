/* Every kind of bad connector ends in the right verdict; the good one in a declaration. */
#include "zoo.h"

#include <signal.h>

#include "base/dict.h"

#define ARENA_MAX (16u << 20)

struct case_of {
    const char *name;
    enum connector_outcome outcome;
    const char *code; /* "" when ok */
    int signal;
    const char *word; /* in the sentence, or NULL */
    bool needs_fence; /* only where the sandbox is up */
};

static bool fenced; /* known after the first describing */

static enum connector_outcome describe(const char *name, struct connector_worker worker,
                                       struct arena *arena, struct connector_verdict *verdict,
                                       const struct declaration **declaration)
{
    struct connector_file file;
    struct error err = {0};

    assert_true(connector_open(zoo_path(name), &file, &err));
    assert_true(connector_describe(&file, &worker, arena, verdict, declaration, &err));
    connector_close(&file);
    return verdict->outcome;
}

static void describe__gives_the_declaration_of_a_good_connector(void **state)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct connector_verdict verdict;
    const struct declaration *good = NULL;

    (void)state;
    assert_int_equal(describe("good", zoo_worker(), arena, &verdict, &good), CONNECTOR_OK);
    fenced = verdict.isolation >= CONNECTOR_ISOLATION_STRICT;
    assert_string_equal(good->id, "good");
    assert_string_equal(good->about, "Für Tests");
    assert_string_equal(good->absent, "");
    assert_int_equal(good->list_count, 2);
    assert_string_equal(good->lists[0].about, "what was \"ordered\"");
    assert_true(good->lists[0].has_read);
    assert_false(good->lists[0].has_write);
    assert_string_equal(good->lists[0].write.create, "");
    assert_int_equal(good->lists[0].read.overlap_s, 60);
    const struct declared_mapping *invoice = &good->flows[0].mappings[0];
    assert_int_equal(invoice->guards.at[1].verdict, FERRY_HOLD);
    assert_int_equal(invoice->match.count, 2);
    assert_string_equal(invoice->match.at[1], "Reference == parent.id");
    assert_string_equal(invoice->parts[0].fields.at[0].name, "Quantity");
    arena_free(arena);
}

static const struct case_of cases[] = {
    {"loops", CONNECTOR_TIMED_OUT, "timed-out", 0, "deadline", false},
    {"opens_socket", CONNECTOR_POLICY, "policy", 0, "socket", true},
    {"kills", CONNECTOR_POLICY, "policy", 0, "kill", true},
    {"forks", CONNECTOR_POLICY, "policy", 0, "clone", true},
    {"aborts", CONNECTOR_CRASHED, "crashed", SIGABRT, "something is missing", false},
    {"exits", CONNECTOR_REFUSED, "no-description", 0, NULL, false},
    {"prints", CONNECTOR_OK, "", 0, NULL, false},
    {"forges", CONNECTOR_REFUSED, "no-description", 0, NULL, false},
    {"huge_count", CONNECTOR_REFUSED, "too-many-rows", 0, "lists", false},
    {"wild_pointer", CONNECTOR_CRASHED, "crashed", SIGSEGV, NULL, true},
    {"endless_parts", CONNECTOR_REFUSED, "too-deep", 0, "parts[0].parts", false},
    {"newer", CONNECTOR_REFUSED, "too-new", 0, "newer Ferry", false},
    {"longer", CONNECTOR_OK, "", 0, NULL, false},
    {"reads_files", CONNECTOR_OK, "", 0, NULL, true},
    {"makes_code", CONNECTOR_OK, "", 0, NULL, true},
    {"eats_memory", CONNECTOR_OK, "", 0, NULL, true},
    {"other_id", CONNECTOR_REFUSED, "note-differs", 0, "payhawk", false},
    {"not_utf8", CONNECTOR_REFUSED, "not-utf8", 0, "name", false},
    {"bad_host", CONNECTOR_REFUSED, "hosts", 0, NULL, false},
};

static void check_case(const struct case_of *expected)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct connector_worker worker = zoo_worker();
    struct connector_verdict verdict = {0};
    const struct declaration *declaration = NULL;

    worker.deadline_ms = strcmp(expected->name, "loops") == 0 ? 150 : 0;
    describe(expected->name, worker, arena, &verdict, &declaration);
    if (verdict.outcome != expected->outcome || strcmp(verdict.why.code, expected->code) != 0 ||
        (expected->word && !strstr(verdict.why.text, expected->word))) {
        fail_msg("%s: %s %s: %s", expected->name, connector_outcome_name(verdict.outcome),
                 verdict.why.code, verdict.why.text);
    }
    assert_int_equal(verdict.signal, expected->signal);
    assert_int_equal(declaration != NULL, expected->outcome == CONNECTOR_OK);
    arena_free(arena);
}

static void describe__ends_every_bad_connector_in_the_right_verdict(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (fenced || !cases[i].needs_fence) {
            check_case(&cases[i]);
        }
    }
    if (!fenced) {
        print_message("no sandbox here (sanitizer or kernel): its cases were left out\n");
    }
}

static void describe__says_how_well_the_worker_was_fenced_in(void **state)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct connector_worker worker = zoo_worker();
    struct connector_verdict verdict;
    const struct declaration *good = NULL;

    (void)state;
    worker.hide = "landlock";
    describe("good", worker, arena, &verdict, &good);
    assert_int_equal(verdict.landlock_abi, 0);
    assert_int_equal(verdict.isolation,
                     fenced ? CONNECTOR_ISOLATION_STRICT : CONNECTOR_ISOLATION_PROCESS);
    arena_free(arena);
}

/* aborts.c would crash if a byte of it were run. */
static void describe__opens_nothing_without_a_sandbox_unless_the_hash_was_consented_to(void **state)
{
    static const char *const hides[] = {"seccomp", "landlock,seccomp"};
    struct arena *arena = arena_new(ARENA_MAX);
    struct connector_verdict verdict;
    const struct declaration *good = NULL;

    (void)state;
    for (size_t i = 0; fenced && i < 2; i++) {
        struct connector_worker worker = zoo_worker();
        worker.hide = hides[i];
        good = NULL;
        assert_int_equal(describe("aborts", worker, arena, &verdict, &good), CONNECTOR_REFUSED);
        assert_string_equal(verdict.why.code, "no-sandbox");
        assert_non_null(strstr(verdict.why.text, "connectors.without_sandbox"));
        assert_null(good);
        worker.unfenced = true;
        assert_int_equal(describe("aborts", worker, arena, &verdict, &good), CONNECTOR_CRASHED);
        assert_int_equal(describe("good", worker, arena, &verdict, &good), CONNECTOR_OK);
        assert_int_equal(verdict.isolation, CONNECTOR_ISOLATION_PROCESS);
    }
    arena_free(arena);
}

static void describe__works_on_kernels_with_an_older_landlock(void **state)
{
    static const char *const hides[] = {"landlock=1", "landlock=2", "landlock=4"};
    struct arena *arena = arena_new(ARENA_MAX);
    struct connector_verdict verdict;
    const struct declaration *good = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof hides / sizeof *hides; i++) {
        struct connector_worker worker = zoo_worker();
        worker.hide = hides[i];
        assert_int_equal(describe("good", worker, arena, &verdict, &good), CONNECTOR_OK);
        assert_true(verdict.landlock_abi <= hides[i][9] - '0');
    }
    arena_free(arena);
}

static void describe__without_a_worker_says_where_it_looked(void **state)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct connector_worker worker = {.path = "/nowhere/ferry-worker"};
    struct connector_verdict verdict;
    const struct declaration *good = NULL;
    struct connector_file file;
    struct error err;

    (void)state;
    assert_true(connector_open(zoo_path("good"), &file, &err));
    assert_false(connector_describe(&file, &worker, arena, &verdict, &good, &err));
    assert_string_equal(err.code, "worker-missing");
    assert_non_null(strstr(err.text, "/nowhere/ferry-worker"));
    connector_close(&file);
    arena_free(arena);
}

/* ---- the shelf ---- */

struct shelf_memory {
    char sha256[CONNECTOR_HASH_TEXT];
    struct connector_verdict verdict;
    char *description;
    int loads, saves;
};

static bool shelf_load(void *self, const char *sha256, struct connector_verdict *ret,
                       struct buffer *ret_description)
{
    struct shelf_memory *memory = self;

    memory->loads++;
    if (strcmp(memory->sha256, sha256) != 0) {
        return false;
    }
    *ret = memory->verdict;
    buffer_add_cstr(ret_description, memory->description);
    return true;
}

static void shelf_save(void *self, const char *sha256, const struct connector_verdict *verdict,
                       struct text description)
{
    struct shelf_memory *memory = self;

    memory->saves++;
    memory->verdict = *verdict;
    snprintf(memory->sha256, sizeof memory->sha256, "%s", sha256);
    memory_free(memory->description);
    memory->description = memory_new(description.size + 1, 1);
    memcpy(memory->description, description.at, description.size);
}

static void shelf__keeps_verdicts_so_that_a_file_is_described_once(void **state)
{
    static const char *const names[] = {"good", "newer"};
    struct arena *arena = arena_new(ARENA_MAX);

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct shelf_memory memory = {.loads = 0};
        struct connector_shelf shelf = {&memory, shelf_load, shelf_save};
        struct connector_worker worker = zoo_worker();
        struct connector_verdict first, second;
        const struct declaration *declaration = NULL;
        worker.shelf = &shelf;
        describe(names[i], worker, arena, &first, &declaration);
        assert_int_equal(memory.saves, 1);
        worker.path = "/nowhere"; /* is not needed any more */
        declaration = NULL;
        describe(names[i], worker, arena, &second, &declaration);
        assert_int_equal(memory.saves, 1);
        assert_int_equal(second.outcome, first.outcome);
        assert_string_equal(second.why.text, first.why.text);
        assert_int_equal(declaration != NULL, first.outcome == CONNECTOR_OK);
        memory_free(memory.description);
    }
    arena_free(arena);
}

static void shelf__keeps_what_crashed_or_hung_so_that_it_is_not_opened_again(void **state)
{
    static const char *const names[] = {"loops", "aborts"};
    struct arena *arena = arena_new(ARENA_MAX);

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct shelf_memory memory = {.loads = 0};
        struct connector_shelf shelf = {&memory, shelf_load, shelf_save};
        struct connector_worker worker = zoo_worker();
        struct connector_verdict first, second;
        const struct declaration *declaration = NULL;
        worker.shelf = &shelf;
        worker.deadline_ms = i == 0 ? 100 : 0;
        describe(names[i], worker, arena, &first, &declaration);
        worker.path = "/nowhere";
        describe(names[i], worker, arena, &second, &declaration);
        assert_int_equal(second.outcome, first.outcome);
        assert_string_equal(second.why.text, first.why.text);
        memory_free(memory.description);
    }
    arena_free(arena);
}

static void shelf__does_not_keep_what_is_the_machines_fault(void **state)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct shelf_memory memory = {.loads = 0};
    struct connector_shelf shelf = {&memory, shelf_load, shelf_save};
    struct connector_worker worker = zoo_worker();
    struct connector_verdict verdict;
    const struct declaration *declaration = NULL;

    (void)state;
    worker.shelf = &shelf;
    worker.hide = "landlock,seccomp";
    describe("good", worker, arena, &verdict, &declaration);
    assert_int_equal(memory.saves, fenced ? 0 : 1);
    memory_free(memory.description);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(describe__gives_the_declaration_of_a_good_connector),
        cmocka_unit_test(describe__ends_every_bad_connector_in_the_right_verdict),
        cmocka_unit_test(describe__says_how_well_the_worker_was_fenced_in),
        cmocka_unit_test(
            describe__opens_nothing_without_a_sandbox_unless_the_hash_was_consented_to),
        cmocka_unit_test(describe__works_on_kernels_with_an_older_landlock),
        cmocka_unit_test(describe__without_a_worker_says_where_it_looked),
        cmocka_unit_test(shelf__keeps_verdicts_so_that_a_file_is_described_once),
        cmocka_unit_test(shelf__keeps_what_crashed_or_hung_so_that_it_is_not_opened_again),
        cmocka_unit_test(shelf__does_not_keep_what_is_the_machines_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
