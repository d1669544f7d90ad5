package io.larder.protocol.conf;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The list of storage ids: storage_ids.conf, and the answer of the tracker to FETCH_STORAGE_IDS.
///
/// Entries are sorted by id in byte order (`10` before `9`), and no id and no address with its port
/// occurs twice (S2 §4.5).
///
/// @param entries at least one
public record StorageIds(List<Entry> entries) {
  /// The port of an entry that names none.
  public static final int DEFAULT_PORT = 23000;

  private static final String KEY = "storage id line";
  private static final String ALLOWED = "id group host[,host2][:port] [rw=MODE]";

  /// One storage.
  ///
  /// @param id a number from 1 to 2^24 - 1
  /// @param group its group
  /// @param address its one or two addresses, a private one first, and its port
  /// @param rw what clients may do with it
  public record Entry(StorageId id, GroupName group, PeerAddress address, RwMode rw) {
    /// The entry as a line: the port always, the mode only when it is not `both`.
    @Override
    public String toString() {
      String mode = rw == RwMode.BOTH ? "" : " rw=" + rw.caption();
      return id + " " + group + " " + address + mode;
    }
  }

  /// @throws MalformedException when it is empty, or an id or address occurs twice
  public StorageIds {
    entries = entries.stream().sorted(Comparator.comparing(Entry::id)).toList();
    if (entries.isEmpty()) {
      throw new MalformedException("storage_ids: no storage in the list");
    }
    Map<String, Entry> seen = new HashMap<>();
    for (Entry entry : entries) {
      for (String key : keys(entry)) {
        Entry other = seen.put(key, entry);
        if (other != null) {
          throw new MalformedException("storage_ids: " + key + " occurs twice");
        }
      }
    }
  }

  /// Reads storage_ids.conf; host names in it are looked up.
  ///
  /// @throws ConfException with file and line of what is wrong
  public static StorageIds read(ConfSource source, String file) {
    var whole = new Origin.InFile(file, 0);
    try {
      return parse(file, source.read(file), source::addressesOf);
    } catch (IOException e) {
      throw new ConfException(
          whole,
          "storage_ids_filename",
          file,
          "cannot read it: " + e.getMessage(),
          "a readable file");
    }
  }

  /// Reads a list whose text is already there.
  ///
  /// @param name how the text is called in messages
  /// @param lookUp the addresses of a host name, empty when it is unknown
  /// @throws ConfException with the line of what is wrong
  public static StorageIds parse(String name, String text, Function<String, List<String>> lookUp) {
    Map<String, Origin.InFile> places = new LinkedHashMap<>();
    var entries = new ArrayList<Entry>();
    for (ConfLine line : ConfLine.split(name, text)) {
      String body = withoutComment(line.text());
      if (body.isEmpty()) {
        continue;
      }
      Entry entry = entry(line, body, lookUp);
      for (String key : keys(entry)) {
        Origin.InFile first = places.putIfAbsent(key, line.at());
        if (first != null) {
          throw new ConfException(
              line.at(),
              KEY,
              body,
              key + " is already given at " + first,
              "each id and address once");
        }
      }
      entries.add(entry);
    }
    if (entries.isEmpty()) {
      throw new ConfException(
          new Origin.InFile(name, 0), KEY, "", "there is no storage in the list", ALLOWED);
    }
    return new StorageIds(entries);
  }

  private static List<String> keys(Entry entry) {
    var keys = new ArrayList<String>();
    keys.add("id " + entry.id());
    entry
        .address()
        .hosts()
        .forEach(ip -> keys.add("address " + new PeerAddress(List.of(ip), entry.address().port())));
    return keys;
  }

  private static String withoutComment(String line) {
    int hash = line.indexOf('#');
    return hash < 0 ? line : line.substring(0, hash).trim();
  }

  private static Entry entry(ConfLine line, String body, Function<String, List<String>> lookUp) {
    List<String> words = List.of(body.split("[ \\t]+", -1));
    if (words.size() < 3) {
      throw new ConfException(line.at(), KEY, body, "three words are expected", ALLOWED);
    }
    try {
      return new Entry(
          StorageIdentity.storageId(words.get(0)),
          GroupName.of(words.get(1)),
          innerFirst(resolved(PeerAddress.parse(words.get(2), DEFAULT_PORT), lookUp)),
          mode(words.subList(3, words.size())));
    } catch (IllegalArgumentException | MalformedException e) {
      throw new ConfException(line.at(), KEY, body, String.valueOf(e.getMessage()), ALLOWED);
    }
  }

  private static PeerAddress resolved(PeerAddress address, Function<String, List<String>> lookUp) {
    var hosts = new ArrayList<String>();
    for (String host : address.hosts()) {
      if (IpKind.literal(host).isPresent()) {
        hosts.add(host);
        continue;
      }
      hosts.add(
          lookUp.apply(host).stream()
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("unknown host " + host)));
    }
    return new PeerAddress(hosts, address.port());
  }

  /// A public address never stands before a private one.
  private static PeerAddress innerFirst(PeerAddress address) {
    List<String> hosts = address.hosts();
    boolean swap = hosts.size() == 2 && IpKind.of(hosts.get(0)) == IpKind.OUTER;
    return swap ? new PeerAddress(hosts.reversed(), address.port()) : address;
  }

  private static RwMode mode(List<String> options) {
    RwMode mode = RwMode.BOTH;
    for (String option : options) {
      if (!option.startsWith("rw=")) {
        throw new IllegalArgumentException("unknown option " + option);
      }
      mode = RwMode.TYPE.reader().apply(option.substring("rw=".length()));
    }
    return mode;
  }

  /// The entry of an id.
  public Optional<Entry> find(StorageId id) {
    return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /// The entry of a group's storage with this address and port.
  public Optional<Entry> find(GroupName group, String ip, int port) {
    return entries.stream()
        .filter(entry -> entry.group().equals(group) && entry.address().port() == port)
        .filter(entry -> entry.address().hosts().contains(ip))
        .findFirst();
  }

  /// Whether any address is IPv6, which makes address fields in answers wide (S1 §2.4).
  public boolean hasV6() {
    return entries.stream().anyMatch(entry -> entry.address().hasV6());
  }

  /// The list as a file, one line for each entry.
  public String text() {
    var out = new StringBuilder();
    entries.forEach(entry -> out.append(entry).append('\n'));
    return out.toString();
  }
}
