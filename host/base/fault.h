/*
 * Fault points: named places where a test can kill the process. FERRY_FAULT="courier.sent:3" in
 * the environment kills it (SIGKILL) when that point is passed the third time; FERRY_FAULT_COUNT
 * names a file to which each passed point is appended, so that a sweep knows what there is.
 * Compiled out of release builds.
 */
#ifndef FERRY_BASE_FAULT_H
#define FERRY_BASE_FAULT_H

#ifdef FERRY_FAULTS
void fault_point(const char *name);
#else
#define fault_point(name) ((void)0)
#endif

#endif
