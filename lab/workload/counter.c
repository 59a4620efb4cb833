/* counter: a small stateful service to migrate.
 *
 * On one port it answers UDP datagrams, lines over TCP, and HTTP (see connection.h), each with its state: an
 * identity drawn at the start, a count of requests, ticks of 10 ms, and whether its memory is what it wrote.
 * It may hold memory and dirty it at a steady rate (see memory.h). */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <getopt.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "connection.h"
#include "memory.h"
#include "state.h"

#define EVENTS 64
#define BACKLOG 1024
#define WAKE_MILLIS 100
#define DATAGRAM_BYTES 65536
/* A reply fits one Ethernet frame: of a longer request only the beginning is repeated. */
#define REPLY_BYTES 1400

struct options {
    uint16_t port;
    size_t memory_megabytes;
    double dirty_megabytes_per_second;
    enum memory_fill fill;
};

static void quit(const char *what) {
    perror(what);
    exit(1);
}

static void usage(FILE *out) {
    fprintf(out,
            "Usage: counter [--port 7000] [--memory-mb 0] [--dirty-mb-per-s 0] [--fill random|zero]\n"
            "Answers UDP, TCP lines and HTTP (GET /, GET /verify) on one port with its state.\n");
}

static double number(const char *name, const char *text, double most) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= 0 && value <= most)) {
        fprintf(stderr, "counter: %s '%s': a number from 0 to %g is wanted\n", name, text, most);
        exit(2);
    }
    return value;
}

static struct options parse(int count, char **words) {
    static const struct option known[] = {
        {"port", required_argument, NULL, 'p'}, {"memory-mb", required_argument, NULL, 'm'},
        {"dirty-mb-per-s", required_argument, NULL, 'd'}, {"fill", required_argument, NULL, 'f'},
        {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    struct options options = {.port = 7000, .fill = FILL_RANDOM};
    int option;
    while ((option = getopt_long(count, words, "", known, NULL)) != -1) {
        switch (option) {
            case 'p':
                options.port = (uint16_t)number("--port", optarg, 65535);
                break;
            case 'm':
                options.memory_megabytes = (size_t)number("--memory-mb", optarg, 1 << 20);
                break;
            case 'd':
                options.dirty_megabytes_per_second = number("--dirty-mb-per-s", optarg, 1 << 20);
                break;
            case 'f':
                if (strcmp(optarg, "random") != 0 && strcmp(optarg, "zero") != 0) {
                    fprintf(stderr, "counter: --fill '%s': random or zero is wanted\n", optarg);
                    exit(2);
                }
                options.fill = optarg[0] == 'z' ? FILL_ZERO : FILL_RANDOM;
                break;
            case 'h':
                usage(stdout);
                exit(0);
            default:
                usage(stderr);
                exit(2);
        }
    }
    if (optind < count) {
        usage(stderr);
        exit(2);
    }
    return options;
}

static int open_socket(int type, uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int on = 1;
    int opened = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (opened < 0 || setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(opened, (struct sockaddr *)&address, sizeof address) != 0) {
        quit("counter: port");
    }
    return opened;
}

/* Answers every datagram that waits, each from the address that it was sent to, which may be a floating one. */
static void answer_datagrams(int socket) {
    static char text[DATAGRAM_BYTES];
    for (;;) {
        char control[CMSG_SPACE(sizeof(struct in_pktinfo))];
        struct sockaddr_in from;
        struct iovec part = {.iov_base = text, .iov_len = DATAGRAM_BYTES};
        struct msghdr message = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &part, .msg_iovlen = 1,
                                 .msg_control = control, .msg_controllen = sizeof control};
        ssize_t received = recvmsg(socket, &message, MSG_DONTWAIT);
        if (received < 0) {
            return;
        }
        state_count();
        char state[STATE_TEXT];
        size_t state_length = state_line(state);
        size_t room = REPLY_BYTES - state_length - 2;
        size_t length = (size_t)received < room ? (size_t)received : room;
        text[length++] = ' ';
        memcpy(text + length, state, state_length);
        length += state_length;
        text[length++] = '\n';
        part.iov_len = length;
        struct cmsghdr *info = CMSG_FIRSTHDR(&message);
        if (info != NULL && info->cmsg_level == IPPROTO_IP && info->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo *asked = (struct in_pktinfo *)CMSG_DATA(info);
            asked->ipi_spec_dst = asked->ipi_addr;
            asked->ipi_ifindex = 0;
        }
        sendmsg(socket, &message, MSG_DONTWAIT);
    }
}

static void accept_connections(int epoll, int listener) {
    int accepted;
    while ((accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        connection_open(epoll, accepted);
    }
}

static void watch(int epoll, int *descriptor) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = descriptor};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, *descriptor, &event) != 0) {
        quit("counter: epoll");
    }
}

static void serve(const struct options *options) {
    static int listener, datagrams, verified;
    int on = 1;
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    listener = open_socket(SOCK_STREAM, options->port);
    datagrams = open_socket(SOCK_DGRAM, options->port);
    verified = memory_event();
    if (epoll < 0 || listen(listener, BACKLOG) != 0 ||
        setsockopt(datagrams, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) != 0) {
        quit("counter: port");
    }
    printf("counter: port %u, %zu MB, %g MB/s dirtied, id %016" PRIx64 "\n", options->port,
           options->memory_megabytes, options->dirty_megabytes_per_second, state_id());
    fflush(stdout);
    watch(epoll, &listener);
    watch(epoll, &datagrams);
    watch(epoll, &verified);
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(epoll, events, EVENTS, WAKE_MILLIS);
        state_tick();
        bool verification_done = false;
        for (int index = 0; index < ready; index++) {
            void *source = events[index].data.ptr;
            if (source == &datagrams) {
                answer_datagrams(datagrams);
            } else if (source == &listener) {
                accept_connections(epoll, listener);
            } else if (source == &verified) {
                verification_done = true;
            } else {
                connection_handle(source, events[index].events);
            }
        }
        if (verification_done) {
            /* After the others, since it may end connections that they are about. */
            uint64_t times;
            if (read(verified, &times, sizeof times) == sizeof times) {
                connections_verified();
            }
        }
    }
}

static void end(int signal) {
    (void)signal;
    _exit(0);
}

int main(int count, char **words) {
    struct options options = parse(count, words);
    /* Process 1 of a container ignores what it does not handle. */
    signal(SIGTERM, end);
    signal(SIGINT, end);
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    state_begin();
    memory_begin(options.memory_megabytes, options.dirty_megabytes_per_second, options.fill, state_id());
    serve(&options);
}
