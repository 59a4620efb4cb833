/* One TCP connection. It speaks lines or HTTP/1.1, each request for itself:
 *   any line          is answered by the same line, a space and the state line
 *   GET /             is answered by the state as JSON
 *   GET /verify       the same, once the whole memory has been verified */
#ifndef CONNECTION_H
#define CONNECTION_H

#include <stdint.h>

struct connection;

/* Takes over an accepted, non-blocking socket and watches it on `epoll`. Closes it if there is no room. */
void connection_open(int epoll, int socket);

/* Handles what epoll reported; afterwards the connection may be gone. */
void connection_handle(struct connection *connection, uint32_t events);

/* Answers all that wait for a verification. */
void connections_verified(void);

#endif
