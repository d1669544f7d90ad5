package io.larder.cluster.identity;

import io.larder.cluster.view.Addresses;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.conf.StorageIds.Entry;
import io.larder.protocol.fileid.StorageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ids an operator has given out (storage_ids.conf), found by id and by address (S2 §4.5).
public final class KnownIds {
  /// None are given out.
  public static final KnownIds NONE = new KnownIds(List.of());

  private final List<Entry> all;
  private final Map<StorageId, Entry> byId = new HashMap<>();

  private KnownIds(List<Entry> entries) {
    this.all = entries;
    entries.forEach(entry -> byId.put(entry.id(), entry));
  }

  /// Those of a file.
  public static KnownIds of(StorageIds ids) {
    return new KnownIds(ids.entries());
  }

  /// All of them, sorted by id in byte order.
  public List<Entry> all() {
    return all;
  }

  public Optional<Entry> byId(StorageId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The storage of a group that is reached at an address and port.
  public Optional<Entry> byAddress(String group, String ip, int port) {
    return all.stream()
        .filter(e -> e.group().text().equals(group) && isAt(e, ip, port))
        .findFirst();
  }

  /// The storage of any group that is reached at an address and port.
  public Optional<Entry> byAddress(String ip, int port) {
    return all.stream().filter(entry -> isAt(entry, ip, port)).findFirst();
  }

  /// The addresses of an entry.
  public static Addresses addressesOf(Entry entry) {
    List<String> hosts = entry.address().hosts();
    return new Addresses(
        hosts.get(0), hosts.size() > 1 ? Optional.of(hosts.get(1)) : Optional.empty());
  }

  private static boolean isAt(Entry entry, String ip, int port) {
    return entry.address().port() == port && entry.address().hosts().contains(ip);
  }
}
