/* What the worker may ask of the kernel. */
#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "ferry/worker.h"
#include "worker/worker.h"

enum rule_kind {
    ALLOW_ALWAYS,
    ALLOW_LOADING, /* until the connector is loaded */
    ALLOW_NO_EXEC, /* always, but without PROT_EXEC once it is loaded */
    ALLOW_LOW_FD,  /* on the standard streams and the protocol only */
    ALLOW_ON_SELF, /* first argument is our own process: abort() */
    END,           /* the process, with a line that names the call */
};

/* SCMP_SYS gives a negative number for a call that this machine has not. */
#define CALL(name, kind)                                                                           \
    {                                                                                              \
        SCMP_SYS(name), kind, #name                                                                \
    }
static const struct rule {
    int call;
    enum rule_kind kind;
    const char *name;
} rules[] = {
    CALL(read, ALLOW_ALWAYS),
    CALL(write, ALLOW_LOW_FD),
    CALL(writev, ALLOW_LOW_FD),
    CALL(fstat, ALLOW_ALWAYS),
    CALL(close, ALLOW_ALWAYS),
    CALL(brk, ALLOW_ALWAYS),
    CALL(mmap, ALLOW_NO_EXEC),
    CALL(mprotect, ALLOW_NO_EXEC),
    CALL(munmap, ALLOW_ALWAYS),
    CALL(mremap, ALLOW_ALWAYS),
    CALL(madvise, ALLOW_ALWAYS),
    CALL(futex, ALLOW_ALWAYS),
    CALL(exit, ALLOW_ALWAYS),
    CALL(exit_group, ALLOW_ALWAYS),
    CALL(rt_sigreturn, ALLOW_ALWAYS),
    CALL(rt_sigprocmask, ALLOW_ALWAYS),
    CALL(restart_syscall, ALLOW_ALWAYS),
    CALL(clock_gettime, ALLOW_ALWAYS),
    CALL(gettimeofday, ALLOW_ALWAYS),
    CALL(getrandom, ALLOW_ALWAYS),
    CALL(getpid, ALLOW_ALWAYS),
    CALL(gettid, ALLOW_ALWAYS),
    CALL(tgkill, ALLOW_ON_SELF),

    CALL(open, ALLOW_LOADING),
    CALL(openat, ALLOW_LOADING),
    CALL(pread64, ALLOW_LOADING),
    CALL(lseek, ALLOW_LOADING),
    CALL(stat, ALLOW_LOADING),
    CALL(lstat, ALLOW_LOADING),
    CALL(newfstatat, ALLOW_LOADING),
    CALL(statx, ALLOW_LOADING),
    CALL(access, ALLOW_LOADING),
    CALL(faccessat, ALLOW_LOADING),
    CALL(readlink, ALLOW_LOADING),
    CALL(readlinkat, ALLOW_LOADING),
    CALL(getcwd, ALLOW_LOADING),
    CALL(prctl, ALLOW_LOADING),
    CALL(seccomp, ALLOW_LOADING),

    CALL(socket, END),
    CALL(socketpair, END),
    CALL(connect, END),
    CALL(bind, END),
    CALL(accept4, END),
    CALL(sendto, END),
    CALL(sendmsg, END),
    CALL(execve, END),
    CALL(execveat, END),
    CALL(fork, END),
    CALL(vfork, END),
    CALL(clone, END),
    CALL(kill, END),
    CALL(tkill, END),
    CALL(rt_sigqueueinfo, END),
    CALL(pidfd_open, END),
    CALL(pidfd_send_signal, END),
    CALL(ptrace, END),
    CALL(process_vm_readv, END),
    CALL(process_vm_writev, END),
    CALL(io_uring_setup, END),
    CALL(bpf, END),
    CALL(perf_event_open, END),
    CALL(keyctl, END),
    CALL(add_key, END),
    CALL(memfd_create, END),
    CALL(mount, END),
    CALL(unshare, END),
    CALL(setns, END),
    CALL(userfaultfd, END),
    CALL(init_module, END),
    CALL(finit_module, END),
    CALL(kexec_load, END),
};
#define RULE_COUNT (sizeof rules / sizeof *rules)

/* Only calls that are safe in a signal handler. */
static void on_forbidden_call(int signal_number, siginfo_t *info, void *context)
{
    const char *name = "unknown";

    (void)signal_number;
    (void)context;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (rules[i].call == info->si_syscall) {
            name = rules[i].name;
        }
    }
    (void)(report_write("policy ", 7) && report_write(name, strlen(name)) && report_write("\n", 1));
    _exit(FERRY_WORKER_POLICY);
}

bool filter_is_possible(void)
{
    /* With a filter at NULL the kernel says EFAULT when it knows filters, else EINVAL. */
    return prctl(PR_SET_SECCOMP, 2, NULL, 0, 0) < 0 && errno == EFAULT;
}

static int allow_no_exec(scmp_filter_ctx filter, int call)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static int add_rule(scmp_filter_ctx filter, const struct rule *rule, enum filter_stage stage)
{
    switch (rule->kind) {
    case ALLOW_LOADING:
        return stage == FILTER_LOADING ? seccomp_rule_add(filter, SCMP_ACT_ALLOW, rule->call, 0)
                                       : 0;
    case ALLOW_NO_EXEC:
        return stage == FILTER_LOADING ? seccomp_rule_add(filter, SCMP_ACT_ALLOW, rule->call, 0)
                                       : allow_no_exec(filter, rule->call);
    case ALLOW_LOW_FD:
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, rule->call, 1,
                                SCMP_A0(SCMP_CMP_LE, FERRY_WORKER_FD));
    case ALLOW_ON_SELF:
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, rule->call, 1,
                                SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
    case END:
        /* A trap, not a kill, so that the handler can name the call; the call itself never runs,
         * and a handler that was tampered with ends the process all the same. */
        return seccomp_rule_add(filter, SCMP_ACT_TRAP, rule->call, 0);
    case ALLOW_ALWAYS:
    default:
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, rule->call, 0);
    }
}

bool filter_apply(enum filter_stage stage, struct error *err)
{
    struct sigaction action = {.sa_sigaction = on_forbidden_call, .sa_flags = SA_SIGINFO};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    int failed = filter ? 0 : -ENOMEM;

    if (stage == FILTER_LOADING) {
        sigaction(SIGSYS, &action, NULL);
    }
    for (size_t i = 0; failed == 0 && i < RULE_COUNT; i++) {
        failed = rules[i].call < 0 ? 0 : add_rule(filter, &rules[i], stage);
    }
    if (failed == 0) {
        failed = seccomp_load(filter);
    }
    seccomp_release(filter);
    if (failed != 0) {
        return error_set(err, ERROR_CONFIG, "seccomp", "The filter could not be put on: %s.",
                         strerror(-failed));
    }
    return true;
}
