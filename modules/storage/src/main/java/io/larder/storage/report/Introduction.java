package io.larder.storage.report;

import io.larder.client.exchange.Exchange;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.IpKind;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.conf.StorageIdentity.IdRule;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.IdentityRequest;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.TextReply;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks one tracker for what a storage must know before it can join: its own address (60), the parameters (75), the
/// list of ids (69) and, where nothing else tells, its own id (70). S2 §1.0, steps 2 to 5.
///
/// Owner: the event loop of the exchange.
final class Introduction {
  /// What came of it.
  record Result(TrackerParameters parameters, Optional<StorageIds> ids, OwnIdentity identity) {}

  private static final int PAGES_MAX = 32;

  private final Exchange tracker;
  private final GroupName group;
  private final int port;
  private final IdRule rule;
  private final List<String> localAddresses;

  /// @param localAddresses the addresses of this host, in the order in which they are looked for in the list of ids
  Introduction(
      Exchange tracker, GroupName group, int port, IdRule rule, List<String> localAddresses) {
    this.tracker = tracker;
    this.group = group;
    this.port = port;
    this.rule = rule;
    this.localAddresses = localAddresses;
  }

  Future<Result> run() {
    return tracker
        .ask(new IdentityRequest.GetMyIp(group.text(), port), TextReply.class)
        .map(reply -> List.of(reply.text().split(",", -1)))
        .compose(addresses ->
            tracker
                .ask(new IdentityRequest.Parameters(), TextReply.class)
                .map(reply -> TrackerParameters.parse(reply.text()))
                .compose(parameters -> identify(addresses, parameters)));
  }

  private Future<Result> identify(List<String> addresses, TrackerParameters parameters) {
    if (parameters.useStorageId()) {
      return idPages(new ArrayList<>(), 0)
          .map(lines -> StorageIds.parse("FETCH_STORAGE_IDS", lines, host -> List.of()))
          .compose(ids ->
              ownEntry(ids, addresses, parameters).map(entry -> byId(parameters, ids, entry)));
    }
    Future<String> id =
        IpKind.isV6(addresses.getFirst())
            ? askId(addresses.getFirst())
            : Future.succeededFuture(addresses.getFirst());
    return id.map(
        text -> new Result(parameters, Optional.empty(), OwnIdentity.byAddress(text, addresses)));
  }

  private static Result byId(TrackerParameters parameters, StorageIds ids, StorageIds.Entry entry) {
    OwnIdentity identity =
        OwnIdentity.byId(entry.id().text(), entry.address().hosts(), parameters.idInFileName());
    return new Result(parameters, Optional.of(ids), identity);
  }

  /// All pages of the list, one after the other.
  private Future<String> idPages(List<String> pages, int start) {
    if (pages.size() >= PAGES_MAX) {
      return Future.failedFuture(
          new RefusedException(Status.EINVAL, "the list of storage ids has too many pages"));
    }
    return tracker
        .ask(new IdentityRequest.FetchStorageIds(start, 0), MemberReply.StorageIdsPage.class)
        .compose(page -> {
          pages.add(page.lines());
          int next = start + page.count();
          boolean more = page.count() > 0 && next < page.total();
          return more ? idPages(pages, next) : Future.succeededFuture(String.join("", pages));
        });
  }

  private Future<StorageIds.Entry> ownEntry(
      StorageIds ids, List<String> addresses, TrackerParameters parameters) {
    Future<StorageIds.Entry> asked =
        switch (parameters.trustServerId() ? rule : new IdRule.AskTracker()) {
          case IdRule.Given given -> entry(ids, given.id());
          case IdRule.ByLocalAddress _ -> byLocalAddress(ids, addresses);
          case IdRule.AskTracker _ ->
              askId(addresses.getFirst()).compose(id -> entry(ids, StorageId.of(id)));
        };
    return asked.compose(this::checkGroup);
  }

  private Future<StorageIds.Entry> entry(StorageIds ids, StorageId id) {
    return ids.find(id)
        .map(Future::succeededFuture)
        .orElseGet(
            () -> refused("server_id " + id + " is not in the storage_ids.conf of the tracker"));
  }

  private Future<StorageIds.Entry> byLocalAddress(StorageIds ids, List<String> addresses) {
    List<String> candidates = new ArrayList<>(localAddresses);
    candidates.addAll(addresses);
    for (String address : candidates) {
      Optional<StorageIds.Entry> found = ids.find(group, address, port);
      if (found.isPresent()) {
        return Future.succeededFuture(found.get());
      }
    }
    return refused(
        "none of the addresses "
            + candidates
            + " with port "
            + port
            + " is in the storage_ids.conf of the tracker for group "
            + group);
  }

  private Future<StorageIds.Entry> checkGroup(StorageIds.Entry entry) {
    return entry.group().equals(group)
        ? Future.succeededFuture(entry)
        : refused(
            "storage id " + entry.id() + " belongs to group " + entry.group() + ", not " + group);
  }

  private Future<String> askId(String address) {
    String text = new PeerAddress(List.of(address), port).toString();
    return tracker
        .ask(new IdentityRequest.GetServerId(group.text(), text), TextReply.class)
        .map(TextReply::text);
  }

  private static <T> Future<T> refused(String why) {
    return Future.failedFuture(new RefusedException(Status.ENOENT, why));
  }
}
