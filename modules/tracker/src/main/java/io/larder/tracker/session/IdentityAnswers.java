package io.larder.tracker.session;

import io.larder.cluster.identity.IdentityPolicy;
import io.larder.cluster.identity.KnownIds;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.conf.StorageIds.Entry;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.IdentityRequest;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.TextReply;
import java.util.List;
import java.util.Optional;

/// Commands 60, 69, 70, 71, 75 and 109: who is who by address or id, and the shared settings
/// (S2 §1.8, §1.9). Any peer may ask.
final class IdentityAnswers {
  /// A page of command 69: the default of min_buff_size, of which the last bytes stay free.
  private static final int PAGE_BYTES = 8 * 1024;

  private static final int PAGE_SPARE = 128;
  private static final int IP_TEXT_MAX = 45;

  private final TrackerParts parts;
  private final IdentityPolicy policy;

  IdentityAnswers(TrackerParts parts) {
    this.parts = parts;
    this.policy = parts.settings().rules().identity();
  }

  Reply answer(IdentityRequest request, Vantage vantage) {
    return switch (request) {
      case IdentityRequest.GetMyIp(String group, int port) -> myIp(group, port, vantage);
      case IdentityRequest.FetchStorageIds(int start, int allowEmpty) ->
          idsPage(start, allowEmpty != 0);
      case IdentityRequest.GetServerId(String group, String address) ->
          serverId(group, address(address));
      case IdentityRequest.StorageGetStatus(String group, String address) ->
          status(group, address(address), vantage);
      case IdentityRequest.Parameters _ -> new TextReply(parts.parameters());
      case IdentityRequest.GetGroupName(String ip, int port) -> groupOf(ip, port, vantage);
    };
  }

  private Reply myIp(String group, int port, Vantage vantage) {
    Optional<Entry> entry =
        policy.useStorageId()
            ? policy.ids().byAddress(group, vantage.peerIp(), port)
            : Optional.empty();
    return new TextReply(
        entry.map(e -> KnownIds.addressesOf(e).toString()).orElse(vantage.peerIp()));
  }

  private Reply idsPage(int start, boolean allowEmpty) {
    if (!policy.useStorageId()) {
      if (allowEmpty) {
        return new MemberReply.StorageIdsPage(0, 0, "");
      }
      throw new RefusedException(Status.EOPNOTSUPP, "storage ids are not used");
    }
    List<Entry> all = policy.ids().all();
    if (start < 0 || start >= all.size()) {
      throw new MalformedException("start_index: " + start + " of " + all.size());
    }
    StringBuilder lines = new StringBuilder();
    int index = start;
    int room = PAGE_BYTES - Header.SIZE - 2 * Integer.BYTES - PAGE_SPARE;
    while (index < all.size() && lines.length() <= room) {
      lines.append(all.get(index)).append('\n');
      index++;
    }
    return new MemberReply.StorageIdsPage(all.size(), index - start, lines.toString());
  }

  private Reply serverId(String group, PeerAddress address) {
    String ip = address.hosts().get(0);
    if (!policy.useStorageId()) {
      return new TextReply(ip);
    }
    return policy
        .ids()
        .byAddress(group, ip, address.port())
        .map(entry -> new TextReply(entry.id().text()))
        .orElseThrow(
            () -> new RefusedException(Status.ENOENT, address + " is not in storage_ids.conf"));
  }

  private Reply status(String groupName, PeerAddress address, Vantage vantage) {
    ClusterView view = parts.registry().view();
    String ip = address.hosts().get(0);
    GroupView group =
        view.group(groupName)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown group " + groupName));
    Optional<String> id =
        policy.useStorageId()
            ? policy.ids().byAddress(groupName, ip, address.port()).map(e -> e.id().text())
            : Optional.of(ip);
    StorageView storage =
        id.flatMap(group::storage)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown storage " + address));
    return Briefs.of(storage, vantage);
  }

  private Reply groupOf(String ip, int port, Vantage vantage) {
    if (!policy.useStorageId()) {
      throw new RefusedException(Status.EOPNOTSUPP, "storage ids are not used");
    }
    if (ip.length() > IP_TEXT_MAX) {
      throw new RefusedException(Status.ENAMETOOLONG, "ip: " + ip.length() + " bytes");
    }
    String address = ip.isEmpty() ? vantage.peerIp() : ip;
    return policy
        .ids()
        .byAddress(address, port)
        .map(entry -> new MemberReply.GroupOf(entry.group().text()))
        .orElseThrow(() ->
            new RefusedException(
                Status.ENOENT, address + ":" + port + " is not in storage_ids.conf"));
  }

  private static PeerAddress address(String text) {
    try {
      return PeerAddress.parse(text, 0);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("address: '" + text + "': " + e.getMessage());
    }
  }
}
