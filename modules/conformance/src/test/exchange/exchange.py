#!/usr/bin/env python3
"""One folder, served by FastDFS and Larder in turn: what one has written, the other serves, changes and deletes.

  exchange.py FOLDER ORDER [options]

ORDER are the servers one after the other, `c` (FastDFS), `l` (Larder) and `k` (Larder, ended by SIGKILL), for example `clck`. Each serves the same tracker and storage folders, is asked
for every file that there must be, is loaded with all operations on all kinds of files, is asked again, and ends. In between the
folder itself is looked at. To be run where ADDRESS is an address of this machine that is not loopback (docs/testing.md).

Python 3, standard library only. Knows the protocol by itself.
"""
import argparse, base64, os, random, re, signal, socket, struct, subprocess, sys, threading, time, zlib

GROUP = b"group1".ljust(16, b"\0")
UPLOAD, DELETE, SET_METADATA, DOWNLOAD, GET_METADATA, LINK, SLAVE, INFO, APPENDER = 11, 12, 13, 14, 15, 20, 21, 22, 23
APPEND, MODIFY, TRUNCATE, REGENERATE = 24, 34, 36, 38
ENOENT, EINVAL = 2, 22
SIZES = (0, 1, 100, 300, 300, 2000, 5000, 5000, 40000, 65512, 65513, 300000, 700000)
READY_SECONDS = 60


class Refused(Exception):
    def __init__(self, command, status):
        super().__init__("command %d answered %d" % (command, status))
        self.status = status


class Connection:
    """A connection to a storage; opened anew when the server has closed it."""

    def __init__(self, address):
        self.address, self.socket = address, None

    def ask(self, command, body):
        if self.socket is None:
            self.socket = socket.create_connection(self.address, 30)
        try:
            self.socket.sendall(struct.pack(">QBB", len(body), command, 0) + body)
            length, reply, status = struct.unpack(">QBB", self.read(10))
            body = self.read(length)
        except OSError:
            self.close()
            raise
        if status == EINVAL:
            self.close()
        if status != 0:
            raise Refused(command, status)
        return body

    def read(self, count):
        parts = []
        while count > 0:
            part = self.socket.recv(min(count, 1 << 20))
            if not part:
                raise OSError("hung up")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket = None


def metadata_bytes(items):
    return b"\x01".join(k.encode() + b"\x02" + v.encode() for k, v in sorted(items.items()))


def metadata_items(raw):
    return dict(item.split(b"\x02") for item in raw.split(b"\x01")) if raw else {}


class Name:
    """What a logical name says."""

    def __init__(self, text):
        raw = base64.urlsafe_b64decode(text[10:37] + "=")
        self.text, field = text, struct.unpack(">Q", raw[8:16])[0]
        self.crc = struct.unpack(">I", raw[16:20])[0]
        self.appender = bool(field >> 58 & 1)
        self.packed = bool(field >> 59 & 1) and len(text) == 60
        if self.packed:
            number, self.offset, self.slot = struct.unpack(">III", base64.urlsafe_b64decode(text[37:53]))
            self.trunk = "%s/%06d" % (text[:9], number)


class File:
    def __init__(self, kind, content, metadata=None, source=None):
        self.kind, self.content, self.metadata, self.source = kind, content, metadata or {}, source


class Client:
    """Operations by chance on files of its own. `files` is what must be there."""

    def __init__(self, address, files, seed, options):
        self.server, self.files, self.random, self.options = Connection(address), files, random.Random(seed), options
        self.counts = {}

    def run(self, count):
        for _ in range(count):
            self.step()
        self.server.close()

    def content(self, least=0):
        size = max(self.random.choice(SIZES), least)
        return self.random.randbytes(size)

    def some(self, *kinds):
        names = [n for n, f in self.files.items() if f.kind in kinds]
        return self.random.choice(names) if names else None

    def step(self):
        what = self.random.choices(
            ("upload", "appender", "slave", "link", "append", "modify", "truncate", "regenerate", "set", "merge", "delete"),
            (30, 8, 8, 6, 8, 7, 5, 4, 7, 7, 14 if len(self.files) < self.options.files else 60))[0]
        if getattr(self, what)() is not False:
            self.counts[what] = self.counts.get(what, 0) + 1

    def named(self, reply, file):
        name = reply[16:].decode()
        if name in self.files:
            raise AssertionError("the name was given before: " + name)
        self.files[name] = file
        return name

    def upload(self, command=UPLOAD, kind="plain"):
        content = self.content()
        path = self.random.randrange(-1, self.options.paths)
        extension = self.random.choice((b"bin", b"txt", b"")).ljust(6, b"\0")
        self.named(self.server.ask(command, struct.pack(">bQ", path, len(content)) + extension + content), File(kind, content))

    def appender(self):
        self.upload(APPENDER, "appender")

    def slave(self):
        master = self.some("plain", "appender")
        if not master:
            return False
        content, prefix = self.content(), self.random.choice((b"_a", b"_b", b"-big"))
        dot = master.rfind(".")
        expected = (master if dot < 0 else master[:dot]) + prefix.decode() + ".jpg"
        if expected in self.files:
            return False
        body = struct.pack(">QQ", len(master), len(content)) + prefix.ljust(16, b"\0") + b"jpg\0\0\0" + master.encode() + content
        if self.named(self.server.ask(SLAVE, body), File("slave", content)) != expected:
            raise AssertionError("another name than " + expected)

    def link(self):
        source = self.some("plain")
        if not source:
            return False
        self.server.close()  # on a connection that has made a slave, FastDFS takes the link for another slave
        body = struct.pack(">QQQ", 0, len(source), 1) + GROUP + bytes(16) + b"txt\0\0\0" + source.encode() + b"s"
        self.named(self.server.ask(LINK, body), File("link", self.files[source].content, source=source))

    def append(self):
        name = self.some("appender")
        more = self.content(1)
        if not name:
            return False
        self.server.ask(APPEND, struct.pack(">QQ", len(name), len(more)) + name.encode() + more)
        self.files[name].content += more

    def modify(self):
        name = self.some("appender")
        if not name:
            return False
        old, part = self.files[name].content, self.content(1)
        at = self.random.randrange(len(old) + 1)
        self.server.ask(MODIFY, struct.pack(">QQQ", len(name), at, len(part)) + name.encode() + part)
        self.files[name].content = old[:at] + part + old[at + len(part):]

    def truncate(self):
        name = self.some("appender")
        if not name or not self.files[name].content:
            return False
        old = self.files[name].content
        size = self.random.randrange(len(old))
        self.server.ask(TRUNCATE, struct.pack(">QQ", len(name), size) + name.encode())
        self.files[name].content = old[:size]

    def regenerate(self):
        name = self.some("appender")
        if not name or self.files[name].metadata:
            return False
        reply = self.server.ask(REGENERATE, name.encode())
        self.named(reply, File("plain", self.files.pop(name).content))

    def set(self, flag=b"O"):
        name = self.some("plain", "appender", "slave", "link")
        items = {"k%d" % self.random.randrange(6): "v" * self.random.randrange(1, 200) for _ in range(self.random.randrange(3))}
        if flag == b"M":
            items["m"] = str(self.random.random())
        if not name or (not items and not self.files[name].metadata):
            return False
        raw = metadata_bytes(items)
        self.server.ask(SET_METADATA, struct.pack(">QQ", len(name), len(raw)) + flag + GROUP + name.encode() + raw)
        self.files[name].metadata = dict(self.files[name].metadata, **items) if flag == b"M" else items

    def merge(self):
        return self.set(b"M")

    def delete(self):
        name = self.some("plain", "appender", "slave", "link")
        if not name:
            return False
        name = next((n for n, f in self.files.items() if f.source == name), name)
        self.server.ask(DELETE, GROUP + name.encode())
        del self.files[name]


class Check:
    """Every file, byte for byte."""

    def __init__(self, server, address, files, problems):
        self.server, self.connection, self.files, self.problems = server, Connection(address), files, problems

    def run(self):
        for name, file in self.files.items():
            self.one(name, file)
        self.connection.close()

    def one(self, name, file):
        try:
            content = self.download(name, file)
            if content != file.content:
                self.problems.append("other bytes: %s %s (%d instead of %d)" % (file.kind, name, len(content), len(file.content)))
            raw = self.optional(GET_METADATA, name)
            if metadata_items(raw) != {k.encode(): v.encode() for k, v in file.metadata.items()}:
                self.problems.append("other metadata: %s %s" % (file.kind, name))
            size, _, crc = struct.unpack(">QQQ", self.connection.ask(INFO, GROUP + name.encode())[:24])
            if size != len(file.content):
                self.problems.append("file info says %d bytes of %d: %s %s" % (size, len(file.content), file.kind, name))
            if file.kind == "plain" and crc & 0xFFFFFFFF != zlib.crc32(file.content):
                self.problems.append("file info says another CRC: %s" % name)
        except Refused as refused:
            self.problems.append("%s %s (%d bytes): %s" % (file.kind, name, len(file.content), refused))

    def download(self, name, file):
        if self.server == "c" and not file.content:
            return b""  # FastDFS does not give out empty files, and asking for one can cost other connections theirs
        return self.connection.ask(DOWNLOAD, bytes(16) + GROUP + name.encode())

    def optional(self, command, name):
        try:
            return self.connection.ask(command, GROUP + name.encode())
        except Refused as refused:
            if refused.status == ENOENT:
                return b""
            raise


class Folder:
    """What the folder says while nobody serves it."""

    def __init__(self, options):
        self.base = os.path.join(options.folder, "base")
        self.stores = [os.path.join(options.folder, "store%d" % i) for i in range(options.paths)]

    def names(self):
        names = set()
        for i, store in enumerate(self.stores):
            for high in os.listdir(store + "/data"):
                for low in os.listdir("%s/data/%s" % (store, high)) if re.fullmatch("[0-9A-F]{2}", high) else ():
                    for file in os.listdir("%s/data/%s/%s" % (store, high, low)):
                        if not re.fullmatch(r"\d{6,9}", file):
                            names.add("M%02X/%s/%s/%s" % (i, high, low, file))
        return names

    def logged(self):
        live = set()
        for line in open(self.base + "/data/sync/binlog.000"):
            fields = line.rstrip("\n").split(" ")
            kind = fields[1].upper()
            if kind in "CL":
                live.add(fields[2])
            elif kind == "D":
                live.discard(fields[2])
            elif kind == "R":
                live.discard(fields[3])
                live.add(fields[2])
        return live

    def free(self):
        """Free blocks by the trunk binlog: {(trunk file, offset): size}"""
        blocks, path = {}, self.base + "/data/trunk/binlog"
        for line in open(path) if os.path.exists(path) else ():
            _, kind, store, high, low, number, offset, size = line.split()
            key = ("M%02X/%02X/%02X/%06d" % (int(store), int(high), int(low), int(number)), int(offset))
            if kind == "A":
                blocks[key] = int(size)
            else:
                blocks.pop(key, None)
        return blocks

    def check(self, files, problems):
        expected = {n for n, f in files.items() if not Name(n).packed} | {n + "-m" for n, f in files.items() if f.metadata}
        for name in sorted(self.names() ^ expected):
            problems.append(("on the disk, not expected: " if name not in expected else "not on the disk: ") + name)
        expected |= set(files)
        for name in sorted(self.logged() ^ expected):
            problems.append(("in the binlog, not there: " if name not in expected else "not in the binlog: ") + name)
        slots = {}
        for name in files:
            if Name(name).packed:
                slots.setdefault(Name(name).trunk, []).append((Name(name).offset, Name(name).slot, name))
        free = self.free()
        for (trunk, offset), size in free.items():
            slots.setdefault(trunk, []).append((offset, size, "free"))
        for trunk, pieces in slots.items():
            pieces.sort()
            for (o, s, what), (o2, s2, what2) in zip(pieces, pieces[1:]):
                if o + s > o2:
                    problems.append("overlap in %s: %d+%d %s and %d+%d %s" % (trunk, o, s, what, o2, s2, what2))
        return sum(free.values())


def conf(path, items):
    with open(path, "w") as out:
        out.writelines("%s = %s\n" % item for item in items)


class Servers:
    """Tracker and storage of one product on the folder."""

    def __init__(self, options, product):
        self.options, self.product, self.processes = options, product, []
        folder, ip = options.folder, options.address
        self.tracker, self.storage = folder + "/tracker.conf", folder + "/storage.conf"
        os.makedirs(folder + "/tracker", exist_ok=True)
        os.makedirs(folder + "/base", exist_ok=True)
        packed = str(options.trunk).lower()
        conf(self.tracker, [("base_path", folder + "/tracker"), ("bind_addr", ip), ("port", 22122), ("use_trunk_file", packed),
                            ("slot_max_size", "64KB"), ("trunk_file_size", "4MB" if not options.sample else "64MB"),
                            ("reserved_storage_space", "1%"), ("store_path", 0), ("thread_stack_size", "512KB")]
             + [tuple(item.split("=", 1)) for item in options.tracker])
        stores = [("store_path%d" % i, folder + "/store%d" % i) for i in range(options.paths)]
        for _, store in stores:
            os.makedirs(store, exist_ok=True)
        conf(self.storage, [("group_name", "group1"), ("base_path", folder + "/base"), ("bind_addr", ip), ("port", 23000),
                            ("store_path_count", options.paths), ("subdir_count_per_path", 4), ("tracker_server", ip + ":22122"),
                            ("sync_binlog_buff_interval", 1), ("thread_stack_size", "512KB"), ("heart_beat_interval", 2)] + stores)
        conf(folder + "/client.conf", [("tracker_server", ip + ":22122"), ("base_path", folder)])

    def start(self):
        for role, file in (("tracker", self.tracker), ("storage", self.storage)):
            if self.product == "c":
                subprocess.run(["fdfs_%sd" % role, file, "start"], check=True)
            else:
                log = open("%s/larder-%s.log" % (self.options.folder, role), "a")
                self.processes.append(subprocess.Popen(self.options.larder.split() + [role, file], stdout=log, stderr=log))
        self.wait_ready()

    def wait_ready(self):
        until, last = time.monotonic() + READY_SECONDS, None
        while time.monotonic() < until:
            probe = Connection((self.options.address, 23000))
            try:
                name = probe.ask(UPLOAD, struct.pack(">bQ", -1, 1) + bytes(6) + b"x")[16:]
                probe.ask(DELETE, GROUP + name)
                if not self.options.trunk or len(name) == 60:
                    return
            except (OSError, Refused) as not_yet:
                last = not_yet
            finally:
                probe.close()
            time.sleep(0.2)
        raise AssertionError("no server that takes files: %s" % last)

    def pids(self):
        if self.product != "c":
            return []
        files = (self.options.folder + "/tracker/data/fdfs_trackerd.pid", self.options.folder + "/base/data/fdfs_storaged.pid")
        return [int(open(f).read()) for f in files]

    def kill(self):
        for process in self.processes:
            process.kill()
            process.wait(30)

    def stop(self):
        pids = self.pids()
        for pid in reversed(pids):
            os.kill(pid, signal.SIGTERM)
        for pid in pids:
            while os.path.exists("/proc/%d" % pid):
                time.sleep(0.05)
        for process in reversed(self.processes):
            process.terminate()
            if process.wait(30) != 0:
                raise AssertionError("ended with %d" % process.returncode)


def together(workers):
    failures = []

    def run(worker):
        try:
            worker()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(w,)) for w in workers]
    [t.start() for t in threads]
    [t.join() for t in threads]
    if failures:
        raise failures[0]


def sample_files(options):
    """The files of a recorded folder: kind, size and CRC are told, the bytes are those that the folder has."""
    files, told = {}, [line.rstrip("\n").split("\t") for line in open(options.folder + "/expected.tsv") if line[0] != "#"]
    connection = Connection((options.address, 23000))
    for name, kind, size, crc, source, _ in told:
        try:
            content = connection.ask(DOWNLOAD, bytes(16) + GROUP + name.encode())
        except Refused:
            if int(size):
                raise
            content = b""
        if len(content) != int(size) or zlib.crc32(content) != int(crc, 16):
            raise AssertionError("%s: %d bytes with CRC %08x" % (name, len(content), zlib.crc32(content)))
        kinds = {"trunk": "plain", "trunk-link": "link"}
        if kind != "metadata":
            # a plain name of 38 was an appender; a slave's kind is told by its name
            files[name] = File(kinds.get(kind, kind), content, source=source or None)
    for name, kind, *_ in told:
        if kind == "metadata":
            raw = connection.ask(GET_METADATA, GROUP + name[:-2].encode())
            files[name[:-2]].metadata = {k.decode(): v.decode() for k, v in metadata_items(raw).items()}
    connection.close()
    print("    %d recorded files are as told" % len(told))
    return files


def file_info(options, files, problems):
    """What the tool of FastDFS says of some files."""
    told_by_server = sorted(n for n, f in files.items() if f.kind != "link")  # the tool believes the name of a link
    chosen = random.Random(options.seed).sample(told_by_server, min(len(told_by_server), 40))
    for name in chosen:
        told = subprocess.run(["fdfs_file_info", options.folder + "/client.conf", "group1/" + name], capture_output=True, text=True)
        size = re.search(r"file size: (\d+)", told.stdout)
        if told.returncode or not size or int(size.group(1)) != len(files[name].content):
            problems.append("fdfs_file_info %s: %s %s" % (name, told.stdout.strip(), told.stderr.strip()))
    print("    fdfs_file_info agrees on %d files" % len(chosen))


def serve(options, product, parts, turn):
    servers, problems, folder = Servers(options, product), [], Folder(options)
    address = (options.address, 23000)
    servers.start()
    try:
        if options.sample and turn == 0:
            parts[0].update(sample_files(options))
        together([Check(product, address, files, problems).run for files in parts])
        before = sum(map(len, parts))
        clients = [Client(address, files, "%s %d %d" % (options.seed, turn, i), options) for i, files in enumerate(parts)]
        together([lambda c=c: c.run(options.operations) for c in clients])
        together([Check(product, address, files, problems).run for files in parts])
        all_files = {n: f for files in parts for n, f in files.items()}
        if product == "c":
            file_info(options, all_files, problems)
    finally:
        servers.kill() if product == "k" else servers.stop()
    free = folder.check(all_files, problems)
    counts = {}
    for client in clients:
        for what, count in client.counts.items():
            counts[what] = counts.get(what, 0) + count
    kinds = {}
    for name, file in all_files.items():
        kind = ("packed " if Name(name).packed else "") + file.kind
        kinds[kind] = kinds.get(kind, 0) + 1
    print("  %s: %d files found, then %s; left: %s; %d bytes free in trunk files" % (
        {"c": "FastDFS", "l": "Larder", "k": "Larder, killed"}[product], before, counts, kinds, free))
    for problem in problems[:40]:
        print("    PROBLEM " + problem)
    return len(problems)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("order", help="c, l and k, for example clck")
    parser.add_argument("--address", required=True)
    parser.add_argument("--trunk", action="store_true", help="use_trunk_file")
    parser.add_argument("--paths", type=int, default=1, help="store paths")
    parser.add_argument("--sample", action="store_true", help="FOLDER was made by prepare.py of the recorded folders")
    parser.add_argument("--tracker", action="append", default=[], metavar="KEY=VALUE", help="more lines for tracker.conf")
    parser.add_argument("--larder", default="./larder", help="the command")
    parser.add_argument("--operations", type=int, default=300, help="of each client in each turn")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--files", type=int, default=120, help="of each client, beyond which most operations are deletions")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder = os.path.abspath(options.folder)
    print("%s, %d store path(s), trunk files %s, seed %d %s" % (
        options.order, options.paths, "on" if options.trunk else "off", options.seed, " ".join(options.tracker)))
    parts = [{} for _ in range(options.clients)]
    wrong = sum(serve(options, product, parts, turn) for turn, product in enumerate(options.order))
    print("  %s" % ("%d PROBLEMS" % wrong if wrong else "all as it must be"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
