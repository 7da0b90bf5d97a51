/*
 * The limit of the kernel: one send() of a frame built once, per client and event. Speaks just enough of WebSocket for
 * clients that use the sample key of RFC 6455. Reads commands from standard input, one a line, and answers each by one:
 *   publish <events> <events per second> <changes per event>   ->  when each was made, in epoch milliseconds
 *   cpu                                                        ->  microseconds, user and system
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MAX 20000
#define FRAME_MAX 65536
#define HEADER_BYTES 4
#define CHANGE_BYTES_MAX 256

static int clients[CLIENTS_MAX];
static int client_count;
static long changes_made;
static long events_made;
static int sku_count;

static const char ACCEPT[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static double epoch_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static int build_frame(char *frame, int changes) {
  char *body = frame + HEADER_BYTES;
  events_made++;
  int length = sprintf(body,
                       "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"availabilityChanged\":{"
                       "\"cursor\":\"inventory:bench0.%ld\",\"reset\":false,\"changes\":[",
                       events_made);
  for (int change = 0; change < changes; change++, changes_made++) {
    length += sprintf(body + length,
                      "%s{\"key\":\"SKU-%ld|WEB-UK\",\"version\":%ld,\"deleted\":false,\"sku\":{\"id\":\"SKU-%ld\"},"
                      "\"available\":\"%ld\",\"band\":\"OK\"}",
                      change > 0 ? "," : "", changes_made % sku_count, events_made, changes_made % sku_count,
                      changes_made);
  }
  length += sprintf(body + length, "]}},\"extensions\":{\"cursor\":\"inventory:bench0.%ld\"}}}", events_made);
  frame[0] = (char)0x81;
  frame[1] = 126;
  frame[2] = (char)(length >> 8);
  frame[3] = (char)(length & 0xff);
  return length + HEADER_BYTES;
}

static void publish(long events, double per_second, int changes) {
  static char frame[FRAME_MAX];
  if (changes < 1 || changes * CHANGE_BYTES_MAX > FRAME_MAX - CHANGE_BYTES_MAX * 2) fail("changes per event");
  double started = now_seconds();
  printf("[");
  for (long event = 0; event < events; event++) {
    double wait = started + event / per_second - now_seconds();
    if (wait > 0) {
      struct timespec pause = {(time_t)wait, (long)((wait - (time_t)wait) * 1e9)};
      nanosleep(&pause, NULL);
    }
    printf(event > 0 ? ",%.3f" : "%.3f", epoch_ms());
    int length = build_frame(frame, changes);
    for (int client = 0; client < client_count; client++) {
      if (send(clients[client], frame, length, MSG_NOSIGNAL) != length) fail("send");
    }
  }
  printf("]\n");
  fflush(stdout);
}

static void obey(void) {
  char line[256];
  if (!fgets(line, sizeof line, stdin)) exit(0);
  long events;
  double per_second;
  int changes;
  if (sscanf(line, "publish %ld %lf %d", &events, &per_second, &changes) == 3) {
    publish(events, per_second, changes);
    return;
  }
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  printf("%lld\n", (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec +
                       used.ru_stime.tv_usec);
  fflush(stdout);
}

static void accept_client(int listener, int poller) {
  int client = accept(listener, NULL, NULL);
  if (client < 0 || client_count == CLIENTS_MAX) fail("accept");
  int on = 1;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = client};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, client, &event) < 0) fail("epoll_ctl");
}

/* The upgrade comes in one piece from the loopback; everything later is ignored. */
static void read_client(int client, int poller) {
  char received[4096];
  ssize_t length = read(client, received, sizeof received);
  if (length <= 0) {
    epoll_ctl(poller, EPOLL_CTL_DEL, client, NULL);
    return;
  }
  if (memcmp(received, "GET ", 4) != 0) return;
  if (send(client, ACCEPT, sizeof ACCEPT - 1, MSG_NOSIGNAL) < 0) fail("send");
  clients[client_count++] = client;
}

int main(int argc, char **argv) {
  sku_count = argc > 1 ? atoi(argv[1]) : 100;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0) fail("listen");
  socklen_t size = sizeof address;
  getsockname(listener, (struct sockaddr *)&address, &size);
  int poller = epoll_create1(0);
  struct epoll_event wanted[2] = {{.events = EPOLLIN, .data.fd = listener}, {.events = EPOLLIN, .data.fd = 0}};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, listener, &wanted[0]) < 0) fail("epoll_ctl");
  if (epoll_ctl(poller, EPOLL_CTL_ADD, 0, &wanted[1]) < 0) fail("epoll_ctl");
  setvbuf(stdin, NULL, _IONBF, 0);
  printf("ws://127.0.0.1:%d/\n", ntohs(address.sin_port));
  fflush(stdout);
  for (;;) {
    struct epoll_event events[256];
    int count = epoll_wait(poller, events, 256, -1);
    for (int index = 0; index < count; index++) {
      int ready = events[index].data.fd;
      if (ready == listener) accept_client(listener, poller);
      else if (ready == 0) obey();
      else read_client(ready, poller);
    }
  }
}
