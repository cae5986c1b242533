"""A server of a play's own, on loopback: what it answers is a function, what it was asked is kept."""
import http.client
import http.server
import threading


class Server:
    """`answer` takes {method, path, headers, body} and gives (status, headers, body)."""

    def __init__(self, answer):
        outer = self
        self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def respond(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.asked.append({"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body})
                status, headers, body = answer(outer.asked[-1])
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass  # Ferry has seen enough

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = respond

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.handle_error = lambda *_: None  # Ferry hangs up when it has seen enough
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()


def pass_on(port, asked):
    """The answer of another server on loopback to the same request."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {name: value for name, value in asked["headers"].items() if name.lower() not in ("host", "accept-encoding", "content-length")}
    connection.request(asked["method"], asked["path"], body=asked["body"] or None, headers=headers)
    reply = connection.getresponse()
    kept = {name: value for name, value in reply.getheaders()
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "content-type")}
    kept["Content-Type"] = reply.getheader("Content-Type") or "application/json"
    return reply.status, kept, reply.read()
