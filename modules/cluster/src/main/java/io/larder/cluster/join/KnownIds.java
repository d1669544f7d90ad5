package io.larder.cluster.join;

import io.larder.cluster.view.Addresses;
import io.larder.cluster.view.ReadWrite;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ids an operator has given out (storage_ids.conf), found by id and by address (S2 §4.5).
public final class KnownIds {
  public static final KnownIds NONE = new KnownIds(List.of());

  private final List<Holder> all;
  private final Map<StorageId, Holder> byId = new HashMap<>();

  private KnownIds(List<Holder> holders) {
    this.all = holders.stream().sorted(Comparator.comparing(Holder::id)).toList();
    for (Holder holder : all) {
      byId.put(holder.id(), holder);
    }
  }

  public static KnownIds of(List<Holder> holders) {
    return new KnownIds(holders);
  }

  /// All of them, sorted by id in byte order.
  public List<Holder> all() {
    return all;
  }

  public Optional<Holder> byId(StorageId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The storage of a group that is reached at an address and port.
  public Optional<Holder> byAddress(GroupName group, String ip, int port) {
    return all.stream()
        .filter(h -> h.port() == port && h.group().equals(group) && h.addresses().contains(ip))
        .findFirst();
  }

  /// The storage of any group that is reached at an address and port.
  public Optional<Holder> byAddress(String ip, int port) {
    return all.stream().filter(h -> h.port() == port && h.addresses().contains(ip)).findFirst();
  }

  /// Whether any of them has an IPv6 address.
  public boolean hasIpv6() {
    return all.stream().anyMatch(h -> h.addresses().toString().indexOf(':') >= 0);
  }

  /// One line of the file.
  public record Holder(
      StorageId id, GroupName group, Addresses addresses, int port, ReadWrite mode) {}
}
