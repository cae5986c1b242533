#include <signal.h>
#include <sys/wait.h>

#include "store_fixture.h"

/*
 * A program of its own: fault points read their plan once a process, and here only the children
 * pass any.
 */
static bool work_keep(struct db *db, void *self, struct error *err)
{
    (void)self;
    return kept_put(db, "test", "one", TEXT("value"), err);
}

static void on_done(void *self, const struct error *err)
{
    (void)self;
    (void)err;
}

static bool count_kept(void *self, const char *name, struct text value, struct error *err)
{
    (void)name;
    (void)value;
    (void)err;
    ++*(int *)self;
    return true;
}

static bool work_count(struct db *db, void *self, struct error *err)
{
    return kept_each(db, "test", count_kept, self, err);
}

/* Killed before the commit nothing is there, killed after it everything is. */
static int kept_after_kill(struct fixture *f, const char *fault)
{
    int status = 0, kept = 0;
    pid_t child;

    fixture_close(f);
    child = fork();
    if (child == 0) {
        setenv("FERRY_FAULT", fault, 1);
        uv_loop_init(&f->loop);
        if (fixture_open(f, 0)) {
            store_write(f->store, work_keep, NULL, on_done);
            uv_run(&f->loop, UV_RUN_DEFAULT);
        }
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    if (!fixture_open(f, 0)) {
        fail_msg("%s", f->err.text);
    }
    NOW(f, work_count, &kept);
    return kept;
}

static void killed__before_the_commit_nothing_is_there(void **state)
{
    assert_int_equal(kept_after_kill(*state, "store.commit.before:1"), 0);
}

static void killed__after_the_commit_everything_is(void **state)
{
    assert_int_equal(kept_after_kill(*state, "store.commit.after:1"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(killed__before_the_commit_nothing_is_there),
        TEST(killed__after_the_commit_everything_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
