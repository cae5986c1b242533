#include <sqlite3.h>
#include <sys/stat.h>

#include "store_fixture.h"

struct job {
    struct fixture *f;
    int64_t key;
    bool fails;
    size_t filler;
    bool ended;
    struct error err;
};

static bool work_keep(struct db *db, void *self, struct error *err)
{
    struct job *job = self;
    AUTO_FREE char *filler = memory_new(job->filler + 1, 1);
    char name[24];

    memset(filler, 'x', job->filler);
    snprintf(name, sizeof name, "%lld", (long long)job->key);
    if (!kept_put(db, "test", name, (struct text){filler, job->filler}, err)) {
        return false;
    }
    return job->fails ? error_set(err, ERROR_REJECTED, "on-purpose", "fails on purpose") : true;
}

static void on_done(void *self, const struct error *err)
{
    struct job *job = self;

    assert_false(job->ended);
    job->ended = true;
    job->err = *err;
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

static void jobs__come_back_once_and_one_that_fails_undoes_only_itself(void **state)
{
    struct fixture *f = *state;
    static struct job jobs[600];
    int kept = 0;

    for (int i = 0; i < 600; i++) {
        jobs[i] = (struct job){.f = f, .key = i, .fails = i % 100 == 7, .filler = 10};
        store_write(f->store, work_keep, &jobs[i], on_done);
        assert_false(jobs[i].ended);
    }
    uv_run(&f->loop, UV_RUN_DEFAULT);
    assert_int_equal(store_busy(f->store), 0);
    for (int i = 0; i < 600; i++) {
        assert_true(jobs[i].ended);
        assert_int_equal(jobs[i].err.kind, jobs[i].fails ? ERROR_REJECTED : ERROR_NONE);
    }
    NOW(f, work_count, &kept);
    assert_int_equal(kept, 594);
}

struct reading {
    struct job job;
    int kept;
};

static bool work_read(struct db *db, void *self, struct error *err)
{
    return kept_each(db, "test", count_kept, &((struct reading *)self)->kept, err);
}

static void reader__sees_what_is_committed_and_cannot_write(void **state)
{
    struct fixture *f = *state;
    struct job job = {.f = f, .key = 1, .filler = 5}, forbidden = {.f = f, .key = 2, .filler = 5};
    struct reading reading = {.job = {.f = f}};

    store_write(f->store, work_keep, &job, on_done);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    store_read(f->store, work_read, &reading, on_done);
    store_read(f->store, work_keep, &forbidden, on_done);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    assert_true(reading.job.ended);
    assert_int_equal(reading.kept, 1);
    assert_string_equal(forbidden.err.code, "store-readonly");
}

static void full_disk__fails_the_job_and_keeps_the_rest(void **state)
{
    struct fixture *f = *state;
    struct job small = {.f = f, .key = 1, .filler = 10},
               large = {.f = f, .key = 2, .filler = 4 << 20};
    struct job after = {.f = f, .key = 3, .filler = 10};
    int kept = 0;

    fixture_close(f);
    assert_true(fixture_open(f, 120));
    store_write(f->store, work_keep, &small, on_done);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    store_write(f->store, work_keep, &large, on_done);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    store_write(f->store, work_keep, &after, on_done);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    assert_int_equal(small.err.kind, ERROR_NONE);
    assert_string_equal(large.err.code, "disk-full");
    assert_int_equal(after.err.kind, ERROR_NONE);
    NOW(f, work_count, &kept);
    assert_int_equal(kept, 2);
}

static void store__is_held_by_one(void **state)
{
    struct fixture *f = *state;
    struct store *second = NULL;
    struct store_options options = {.path = f->path};
    char pid[24];

    assert_false(store_open(&options, &f->loop, f->clock, &second, &f->err));
    assert_string_equal(f->err.code, "in-use");
    snprintf(pid, sizeof pid, "%ld", (long)getpid());
    assert_non_null(strstr(f->err.text, pid));
}

static void store__knows_that_it_was_restored(void **state)
{
    struct fixture *f = *state;
    char copy[96], command[256];
    int64_t restored;

    fixture_close(f);
    snprintf(copy, sizeof copy, "%s.copy", f->path);
    snprintf(command, sizeof command, "cp %s %s", f->path, copy);
    assert_int_equal(system(command), 0);
    assert_true(fixture_open(f, 0));
    assert_int_equal(store_restored(f->store), 0);
    fixture_close(f);
    assert_int_equal(rename(copy, f->path), 0);
    assert_true(fixture_open(f, 0));
    restored = store_restored(f->store);
    assert_int_not_equal(restored, 0);
    fixture_close(f);
    assert_true(fixture_open(f, 0));
    assert_int_equal(store_restored(f->store), restored); /* and does not forget it */
}

static void store__that_lost_its_number_was_restored(void **state)
{
    struct fixture *f = *state;
    char number[96];

    assert_int_equal(store_restored(f->store), 0);
    fixture_close(f);
    snprintf(number, sizeof number, "%s.generation", f->path);
    assert_int_equal(unlink(number), 0);
    assert_true(fixture_open(f, 0));
    assert_int_not_equal(store_restored(f->store), 0);
}

static void store__with_a_number_that_cannot_be_read_does_not_open(void **state)
{
    struct fixture *f = *state;
    char number[96];

    fixture_close(f);
    snprintf(number, sizeof number, "%s.generation", f->path);
    assert_int_equal(unlink(number), 0);
    assert_int_equal(mkdir(number, 0700), 0);
    assert_false(fixture_open(f, 0));
    assert_int_equal(f->err.kind, ERROR_CONFIG);
    assert_non_null(strstr(f->err.text, number));
    assert_int_equal(rmdir(number), 0);
}

static bool work_raise(struct db *db, void *self, struct error *err)
{
    return generation_raise(db, self, err);
}

/* The store is open all the while: only the writing to the other side lies in between. */
static void a_copy__from_before_a_round_of_writing_is_known(void **state)
{
    struct fixture *f = *state;
    char copy[96], into[128];
    sqlite3 *raw = NULL;
    int64_t n = 0;

    snprintf(copy, sizeof copy, "%s.copy", f->path);
    snprintf(into, sizeof into, "VACUUM INTO '%s'", copy);
    assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, into, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
    NOW(f, work_raise, &n);
    assert_true(store_show_generation(f->store, n, &f->err));
    fixture_close(f);
    assert_int_equal(rename(copy, f->path), 0);
    assert_true(fixture_open(f, 0));
    assert_int_not_equal(store_restored(f->store), 0);
}

static void store__refuses_a_newer_schema(void **state)
{
    struct fixture *f = *state;
    sqlite3 *raw = NULL;

    fixture_close(f);
    assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "PRAGMA user_version = 999", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
    assert_false(fixture_open(f, 0));
    assert_string_equal(f->err.code, "newer-store");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(jobs__come_back_once_and_one_that_fails_undoes_only_itself),
        TEST(reader__sees_what_is_committed_and_cannot_write),
        TEST(full_disk__fails_the_job_and_keeps_the_rest),
        TEST(store__is_held_by_one),
        TEST(store__knows_that_it_was_restored),
        TEST(store__that_lost_its_number_was_restored),
        TEST(store__with_a_number_that_cannot_be_read_does_not_open),
        TEST(a_copy__from_before_a_round_of_writing_is_known),
        TEST(store__refuses_a_newer_schema),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
