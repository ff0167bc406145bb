#!/usr/bin/env python3
"""A bridge between Hypercare and a messenger, with nothing but Python: copy it and put your messenger where `deliver` and `/in` are.

    HYPERCARE_URL=https://care.example.org/api/v1/public/bridges/whatsapp/messages BRIDGE_SECRET=whsec_… PORT=8090 python3 bridge.py

    POST /in       {"id": "m1", "from": "+49 170 1", "name": "Ana", "text": "Hello"}   your messenger tells you what a customer wrote
    POST /replies  signed by Hypercare: enter this address as the bridge's address for replies
"""
import base64, hashlib, hmac, json, os, sys, time, urllib.error, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

URL, SECRET = os.environ["HYPERCARE_URL"], os.environ["BRIDGE_SECRET"]
KEY = base64.b64decode(SECRET.removeprefix("whsec_"))
TOLERANCE = 300  # seconds
done = {}  # ids of replies that were delivered; keep them where they survive a restart


def signature(id, timestamp, body):
    signed = f"{id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()


def verified(headers, body):
    id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE:
        return None
    good = signature(id, timestamp, body)
    given = headers.get("webhook-signature", "").split(" ")
    return id if any(hmac.compare_digest(good, one) for one in given) else None


def bring_in(message):
    """Tells Hypercare; tried again under the same id, so that nothing is lost and nothing comes twice."""
    data = {
        "conversation": message["from"],
        "sender": {"key": message["from"], "name": message.get("name")},
        "text": message["text"],
    }
    body = json.dumps({"type": "message.created", "data": data}).encode()
    for pause in [0, 1, 5, 30]:
        time.sleep(pause)
        at = str(int(time.time()))
        headers = {
            "content-type": "application/json",
            "webhook-id": message["id"],
            "webhook-timestamp": at,
            "webhook-signature": signature(message["id"], at, body),
        }
        try:
            with urllib.request.urlopen(urllib.request.Request(URL, body, headers), timeout=15) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            if refused.code != 429 and refused.code < 500:
                return refused.code, refused.read()
        except OSError as away:
            print("Hypercare was not reached:", away, file=sys.stderr)
    return 503, b'{"detail": "Hypercare was not reached"}'


def deliver(conversation, text):
    """Here your messenger's API is called. If it raises, Hypercare tries again."""
    print(json.dumps({"to": conversation, "text": text}), flush=True)


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("content-length", 0)), 1_000_000))
        if self.path == "/in":
            return self.answer(*bring_in(json.loads(body)))
        id = verified(self.headers, body)
        if id is None:
            return self.answer(401, b"{}")
        data = json.loads(body)["data"]
        if id not in done:
            deliver(data["conversation"], data["text"])
            done[id] = True
        return self.answer(200, b"{}")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8090"))), Handler)
print(json.dumps({"listening": server.server_address[1]}), flush=True)
server.serve_forever()
