/* Secrets are read where the config says, and only from files that are kept close. */
#include "config_fixture.h"

static struct config_secret in_file(struct fixture *f, char path[128])
{
    snprintf(path, 128, "%s/secret", f->folder);
    return (struct config_secret){CONFIG_SECRET_FILE, path, {"ferry.yaml", 3, 7}};
}

static void assert_refused(const struct config_secret *secret, const char *code, const char *words)
{
    struct error err = {0};
    char *value = NULL;

    assert_false(config_secret_read(secret, &value, &err));
    assert_null(value);
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_string_equal(err.code, code);
    assert_non_null(strstr(err.text, words));
    assert_null(strstr(err.text, "hunter2"));
}

static void assert_secret(const struct config_secret *secret, const char *want)
{
    AUTO(config_secret_wipe) char *value = NULL;
    struct error err = {0};

    if (!config_secret_read(secret, &value, &err)) {
        fail_msg("%s", err.text);
    }
    assert_string_equal(value, want);
}

static void secret__is_read_from_a_file_without_its_newline(void **state)
{
    struct fixture *f = *state;
    char path[128];
    struct config_secret secret = in_file(f, path);

    fixture_write(f, "secret", TEXT("hunter2\n"), 0600);
    assert_secret(&secret, "hunter2");
    fixture_write(f, "secret", TEXT("hunter2\r\n"), 0640);
    assert_secret(&secret, "hunter2");
    fixture_write(f, "secret", TEXT(" hunter2\n\n"), 0400);
    assert_secret(&secret, " hunter2\n");
}

static void secret__is_refused_when_others_can_reach_it(void **state)
{
    struct fixture *f = *state;
    char path[128];
    struct config_secret secret = in_file(f, path);

    fixture_write(f, "secret", TEXT("hunter2\n"), 0644);
    assert_refused(&secret, "secret-readable", "chmod o-rwx");
    assert_refused(&secret, "secret-readable", "ferry.yaml:3:7");
    fixture_write(f, "secret", TEXT("hunter2\n"), 0602);
    assert_refused(&secret, "secret-readable", path);
}

static void secret__is_refused_when_it_is_none(void **state)
{
    struct fixture *f = *state;
    char path[128];
    struct config_secret secret = in_file(f, path), none = {0};
    struct buffer large;

    assert_refused(&secret, "secret-missing", "there is no such file");
    fixture_write(f, "secret", TEXT("\n"), 0600);
    assert_refused(&secret, "secret-missing", "is empty");
    fixture_write(f, "secret", TEXT("hunter2\0hunter2"), 0600);
    assert_refused(&secret, "secret-wrong", "zero byte");
    buffer_init(&large, CONFIG_SECRET_MAX + 10);
    while (large.size <= CONFIG_SECRET_MAX) {
        buffer_add_char(&large, 'x');
    }
    fixture_write(f, "secret", buffer_text(&large), 0600);
    assert_refused(&secret, "secret-wrong", "over 64 KB");
    large.at[--large.size] = '\0';
    fixture_write(f, "secret", buffer_text(&large), 0600);
    assert_secret(&secret, large.at);
    buffer_done(&large);
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused(&secret, "secret-wrong", "not a file");
    assert_refused(&none, "secret-missing", "not in the config");
}

static void secret__is_read_from_the_environment(void **state)
{
    struct config_secret secret = {CONFIG_SECRET_ENV, "FERRY_TEST_SECRET", {"a", 1, 1}};

    (void)state;
    unsetenv("FERRY_TEST_SECRET");
    assert_refused(&secret, "secret-missing", "FERRY_TEST_SECRET is not set");
    setenv("FERRY_TEST_SECRET", "", 1);
    assert_refused(&secret, "secret-missing", "empty");
    setenv("FERRY_TEST_SECRET", "hunter2", 1);
    assert_secret(&secret, "hunter2");
}

static void secret__is_read_from_a_credential(void **state)
{
    struct fixture *f = *state;
    struct config_secret secret = {CONFIG_SECRET_CREDENTIAL, "secret", {"a", 1, 1}};

    unsetenv("CREDENTIALS_DIRECTORY");
    assert_refused(&secret, "secret-missing", "LoadCredential=secret");
    setenv("CREDENTIALS_DIRECTORY", f->folder, 1);
    assert_refused(&secret, "secret-missing", "there is no such file");
    fixture_write(f, "secret", TEXT("hunter2"), 0400);
    assert_secret(&secret, "hunter2");
}

static void secret__may_be_a_text(void **state)
{
    struct config_secret secret = {CONFIG_SECRET_TEXT, "someone", {"a", 1, 1}};

    (void)state;
    assert_secret(&secret, "someone");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(secret__is_read_from_a_file_without_its_newline),
        IN_FOLDER(secret__is_refused_when_others_can_reach_it),
        IN_FOLDER(secret__is_refused_when_it_is_none),
        IN_FOLDER(secret__is_read_from_the_environment),
        IN_FOLDER(secret__is_read_from_a_credential),
        IN_FOLDER(secret__may_be_a_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
