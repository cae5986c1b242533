#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/crypto.h"
#include "unit.h"

static void sha256__gives_known_answers(void **state)
{
    char hex[CRYPTO_SHA256_HEX];

    (void)state;
    assert_string_equal(crypto_sha256_hex(TEXT(""), hex),
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_equal(crypto_sha256_hex(TEXT("abc"), hex),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void hmac__gives_the_known_answer(void **state)
{
    uint8_t mac[CRYPTO_SHA256_BYTES];
    struct buffer hex;

    (void)state;
    crypto_hmac_sha256(TEXT("Jefe"), TEXT("what do ya want for nothing?"),
                       mac); /* RFC 4231, case 2 */
    buffer_init(&hex, 100);
    crypto_hex((struct text){(const char *)mac, sizeof mac}, &hex);
    assert_string_equal(hex.at, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    buffer_done(&hex);
}

static void base64__goes_there_and_back(void **state)
{
    static const struct {
        const char *plain, *coded, *url;
    } known[] = {
        {"", "", ""},
        {"f", "Zg==", "Zg"},
        {"fo", "Zm8=", "Zm8"},
        {"foo", "Zm9v", "Zm9v"},
        {"\xfb\xff", "+/8=", "-_8"},
    };
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct buffer out;

        buffer_init(&out, 100);
        crypto_base64(text_of(known[i].plain), &out);
        assert_true(text_is(buffer_text(&out), known[i].coded));
        buffer_clear(&out);
        crypto_base64url(text_of(known[i].plain), &out);
        assert_true(text_is(buffer_text(&out), known[i].url));
        buffer_clear(&out);
        assert_true(crypto_unbase64(text_of(known[i].url), &out, &err));
        assert_true(text_is(buffer_text(&out), known[i].plain));
        buffer_done(&out);
    }
}

static void base64__refuses_other_characters(void **state)
{
    struct buffer out;
    struct error err;

    (void)state;
    buffer_init(&out, 100);
    assert_false(crypto_unbase64(TEXT("Zg=!"), &out, &err));
    assert_false(crypto_unbase64(TEXT("Z"), &out, &err));
    assert_string_equal(err.code, "base64");
    buffer_done(&out);
}

static void seal__opens_only_with_its_key_and_place(void **state)
{
    struct crypto_key key, other;
    struct buffer sealed, plain;
    struct error err;

    (void)state;
    assert_true(crypto_key_parse(
        TEXT("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"), &key, &err));
    assert_true(crypto_key_parse(
        TEXT("ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"), &other, &err));
    buffer_init(&sealed, 1000);
    buffer_init(&plain, 1000);
    crypto_seal(&key, TEXT("grant main"), TEXT("a refresh token"), &sealed);
    assert_true(crypto_open(&key, TEXT("grant main"), buffer_text(&sealed), &plain, &err));
    assert_true(text_is(buffer_text(&plain), "a refresh token"));
    assert_false(crypto_open(&key, TEXT("grant kiwi"), buffer_text(&sealed), &plain, &err));
    assert_string_equal(err.code, "seal");
    assert_false(crypto_open(&other, TEXT("grant main"), buffer_text(&sealed), &plain, &err));
    assert_string_equal(err.code, "other-key");
    for (size_t i = 9; i < sealed.size; i++) {
        sealed.at[i] ^= 1;
        assert_false(crypto_open(&key, TEXT("grant main"), buffer_text(&sealed), &plain, &err));
        sealed.at[i] ^= 1;
    }
    assert_false(crypto_open(&key, TEXT("grant main"), (struct text){sealed.at, 20}, &plain, &err));
    buffer_done(&sealed);
    buffer_done(&plain);
}

static void key__is_made_once_and_only_for_its_owner(void **state)
{
    char folder[] = "/tmp/ferry-key-XXXXXX", path[64], link[64];
    struct crypto_key made, loaded;
    struct error err;
    struct stat s;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/key", folder);
    snprintf(link, sizeof link, "%s/link", folder);
    assert_true(crypto_key_create(path, &made, &err));
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    assert_true(crypto_key_load(path, &loaded, &err));
    assert_memory_equal(&made, &loaded, sizeof made);
    assert_false(crypto_key_create(path, &made, &err));
    assert_int_equal(symlink(path, link), 0);
    assert_false(crypto_key_load(link, &loaded, &err));
    assert_int_equal(chmod(path, 0640), 0);
    assert_false(crypto_key_load(path, &loaded, &err));
    assert_non_null(strstr(err.text, "chmod 600"));
    unlink(link);
    unlink(path);
    rmdir(folder);
}

static void key__does_not_repeat_a_bad_secret(void **state)
{
    struct crypto_key key;
    struct error err;

    (void)state;
    assert_false(crypto_key_parse(TEXT("hunter2hunter2"), &key, &err));
    assert_null(strstr(err.text, "hunter2"));
}

static void pkce__challenge_is_the_hash_of_the_verifier(void **state)
{
    char verifier[CRYPTO_VERIFIER_TEXT], challenge[CRYPTO_CHALLENGE_TEXT];
    uint8_t digest[CRYPTO_SHA256_BYTES];
    struct buffer out;

    (void)state;
    crypto_pkce(verifier, challenge);
    assert_int_equal(strlen(verifier), 64);
    crypto_sha256(text_of(verifier), digest);
    buffer_init(&out, 100);
    crypto_base64url((struct text){(const char *)digest, sizeof digest}, &out);
    assert_string_equal(out.at, challenge);
    buffer_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256__gives_known_answers),
        cmocka_unit_test(hmac__gives_the_known_answer),
        cmocka_unit_test(base64__goes_there_and_back),
        cmocka_unit_test(base64__refuses_other_characters),
        cmocka_unit_test(seal__opens_only_with_its_key_and_place),
        cmocka_unit_test(key__is_made_once_and_only_for_its_owner),
        cmocka_unit_test(key__does_not_repeat_a_bad_secret),
        cmocka_unit_test(pkce__challenge_is_the_hash_of_the_verifier),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
