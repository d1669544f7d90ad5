package io.larder.tracker.session;

import io.larder.cluster.ledger.Leadership;
import io.larder.cluster.report.News;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.wire.ChangeBody;
import io.larder.protocol.wire.StorageBrief;
import java.util.List;
import java.util.Optional;

/// Servers in a few words, as one peer is told.
final class Briefs {
  private Briefs() {}

  static StorageBrief of(StorageView storage, Vantage vantage) {
    return new StorageBrief(
        storage.status().code(), vantage.port(storage), storage.id().text(), vantage.ip(storage));
  }

  /// The news for a member of a group.
  static ChangeBody body(News news, Leadership leadership, GroupView group, Vantage vantage) {
    Optional<StorageBrief> leader =
        news.leader()
            ? Optional.of(leadership.leader().map(Briefs::leader).orElse(StorageBrief.NONE))
            : Optional.empty();
    Optional<StorageBrief> trunk =
        news.trunk()
            ? Optional.of(
                group
                    .trunk()
                    .server()
                    .flatMap(group::storage)
                    .map(server -> of(server, vantage))
                    .orElse(StorageBrief.NONE))
            : Optional.empty();
    Optional<List<StorageBrief>> list =
        news.list()
            ? Optional.of(group.storages().stream().map(s -> of(s, vantage)).toList())
            : Optional.empty();
    return new ChangeBody(leader, trunk, list);
  }

  /// Storages look the leader up among their own tracker addresses, so it is named as they know it.
  private static StorageBrief leader(PeerAddress leader) {
    String ip = leader.hosts().get(0);
    String id = ip.length() > 16 ? ip.substring(0, 16) : ip;
    return new StorageBrief(0, leader.port(), id, ip);
  }
}
