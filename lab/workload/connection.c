#define _GNU_SOURCE
#include "connection.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "memory.h"
#include "state.h"

/* The longest line, and the longest HTTP request. */
#define REQUEST_BYTES 4096
#define HEAD_BYTES 256
#define REPLY_BYTES (REQUEST_BYTES + HEAD_BYTES + STATE_TEXT)

struct connection {
    int epoll;
    int socket;
    /* Waits for a verification; reads nothing meanwhile. */
    bool verifying;
    /* Ends once the reply is out. */
    bool closing;
    size_t received;
    size_t sent;
    size_t reply_length;
    struct connection *next_verifying;
    char request[REQUEST_BYTES];
    char reply[REPLY_BYTES];
};

static struct connection *verifying;

/* True if the last call on a socket failed only because it would have had to wait. */
static bool would_block(void) {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

void connection_open(int epoll, int socket) {
    struct connection *connection = calloc(1, sizeof *connection);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (connection == NULL || epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event) != 0) {
        free(connection);
        close(socket);
        return;
    }
    int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connection->epoll = epoll;
    connection->socket = socket;
}

static void connection_close(struct connection *connection) {
    for (struct connection **link = &verifying; *link != NULL; link = &(*link)->next_verifying) {
        if (*link == connection) {
            *link = connection->next_verifying;
            break;
        }
    }
    close(connection->socket);
    free(connection);
}

static void connection_watch(struct connection *connection, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = connection};
    epoll_ctl(connection->epoll, EPOLL_CTL_MOD, connection->socket, &event);
}

static void reply_line(struct connection *connection, size_t length) {
    memcpy(connection->reply, connection->request, length);
    connection->reply[length++] = ' ';
    length += state_line(connection->reply + length);
    connection->reply[length++] = '\n';
    connection->reply_length = length;
}

static void reply_http(struct connection *connection, const char *status) {
    char body[STATE_TEXT];
    size_t length = state_json(body);
    connection->reply_length = (size_t)snprintf(
        connection->reply, REPLY_BYTES,
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nCache-Control: no-store\r\n%s\r\n%.*s",
        status, length, connection->closing ? "Connection: close\r\n" : "", (int)length, body);
}

/* True if the request's head has this line; heads are short, and names may be written in any case. */
static bool head_has(const char *head, const char *line) {
    return strcasestr(head, line) != NULL;
}

static void answer_http(struct connection *connection, char *head) {
    connection->closing = head_has(head, "\r\nConnection: close") ||
                          (strstr(head, " HTTP/1.0\r\n") != NULL && !head_has(head, "\r\nConnection: keep-alive"));
    if (strncmp(head, "GET ", 4) != 0) {
        /* Whatever else the request may bring is not understood. */
        connection->closing = true;
        reply_http(connection, "405 Method Not Allowed");
    } else if (strncmp(head, "GET / ", 6) == 0) {
        reply_http(connection, "200 OK");
    } else if (strncmp(head, "GET /verify ", 12) == 0) {
        connection->verifying = true;
        connection->next_verifying = verifying;
        verifying = connection;
        memory_verify();
    } else {
        reply_http(connection, "404 Not Found");
    }
}

/* Takes the first whole request out of what was received and answers it. False if there is none yet. */
static bool answer_next(struct connection *connection) {
    char *request = connection->request;
    char *line_end = memchr(request, '\n', connection->received);
    if (line_end == NULL) {
        return false;
    }
    size_t line = (size_t)(line_end - request);
    bool http = line > 10 && memcmp(line_end - 10, " HTTP/1.", 8) == 0;
    size_t consumed = line + 1;
    if (http) {
        char *end = memmem(request, connection->received, "\r\n\r\n", 4);
        if (end == NULL) {
            return false;
        }
        consumed = (size_t)(end + 4 - request);
        state_count();
        end[2] = '\0';
        answer_http(connection, request);
    } else {
        state_count();
        reply_line(connection, line > 0 && line_end[-1] == '\r' ? line - 1 : line);
    }
    connection->received -= consumed;
    memmove(request, request + consumed, connection->received);
    return true;
}

enum sending { SENT, BLOCKED, BROKEN };

static enum sending send_reply(struct connection *connection) {
    while (connection->sent < connection->reply_length) {
        ssize_t sent = send(connection->socket, connection->reply + connection->sent,
                            connection->reply_length - connection->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0) {
            return would_block() ? BLOCKED : BROKEN;
        }
        connection->sent += (size_t)sent;
    }
    connection->sent = connection->reply_length = 0;
    return SENT;
}

/* Answers what was received, as far as the peer takes the replies. False if the connection has ended. */
static bool serve(struct connection *connection) {
    for (;;) {
        switch (send_reply(connection)) {
            case BROKEN:
                return false;
            case BLOCKED:
                connection_watch(connection, EPOLLOUT);
                return true;
            case SENT:
                break;
        }
        if (connection->closing && !connection->verifying) {
            return false;
        }
        if (connection->verifying) {
            /* Nothing is read meanwhile; a broken connection is reported anyway. */
            connection_watch(connection, 0);
            return true;
        }
        if (!answer_next(connection)) {
            connection_watch(connection, EPOLLIN);
            return connection->received < REQUEST_BYTES;
        }
    }
}

void connection_handle(struct connection *connection, uint32_t events) {
    if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
        connection_close(connection);
        return;
    }
    if ((events & EPOLLIN) != 0) {
        ssize_t received = recv(connection->socket, connection->request + connection->received,
                                REQUEST_BYTES - connection->received, MSG_DONTWAIT);
        if (received == 0 || (received < 0 && !would_block())) {
            connection_close(connection);
            return;
        }
        connection->received += received > 0 ? (size_t)received : 0;
    }
    if (!serve(connection)) {
        connection_close(connection);
    }
}

void connections_verified(void) {
    struct connection *waiting = verifying;
    verifying = NULL;
    while (waiting != NULL) {
        struct connection *next = waiting->next_verifying;
        waiting->next_verifying = NULL;
        waiting->verifying = false;
        reply_http(waiting, "200 OK");
        if (!serve(waiting)) {
            connection_close(waiting);
        }
        waiting = next;
    }
}
