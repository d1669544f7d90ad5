package io.larder.tracker.session;

import io.larder.cluster.admin.MoveStorage;
import io.larder.cluster.report.ChangelogRead;
import io.larder.cluster.report.Correction;
import io.larder.cluster.report.DiskReport;
import io.larder.cluster.report.Member;
import io.larder.cluster.report.StatusReport;
import io.larder.cluster.report.StorageBeat;
import io.larder.cluster.view.Addresses;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.Done;
import io.larder.protocol.wire.Join;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.MemberRequest;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.StorageBrief;
import io.larder.protocol.wire.StorageStatus;
import io.larder.protocol.wire.TextReply;
import java.util.Optional;

/// What storages say about themselves and their peers: commands 59, 64, 76, 77, 78, 81, 83, 84 and 85
/// (S2 §1).
final class MemberAnswers {
  /// Times of command 64 are multiples of this.
  private static final long STATUS_STEP_SECONDS = 300;

  /// The most of the changelog that one answer brings (S2 §1.10).
  private static final int CHANGELOG_BYTES = 8182;

  private final TrackerParts parts;
  private final Vantage vantage;
  private final MemberDesk desk;
  private final Answerer answerer;

  MemberAnswers(TrackerParts parts, Vantage vantage, MemberDesk desk, Answerer answerer) {
    this.parts = parts;
    this.vantage = vantage;
    this.desk = desk;
    this.answerer = answerer;
  }

  void answer(MemberRequest request) {
    switch (request) {
      case Join ask -> desk.join(ask);
      case MemberRequest.Beat beat -> desk.heard(new StorageBeat(desk.joined(), beat.counters()));
      case MemberRequest.ReportDiskUsage usage ->
          desk.heard(new DiskReport(desk.joined(), usage.paths()));
      case MemberRequest.ChangeStatus change ->
          desk.changed(new Correction(desk.joined(), status(change.status())), _ -> new Done());
      case MemberRequest.ReplicaChange _ ->
          answerer.now(new Done()); // only leaders send lists, and they know better
      case MemberRequest.TrackerGetStatus _ -> answerer.now(trackerStatus());
      case MemberRequest.ReportStatus report -> reportStatus(report);
      case MemberRequest.Changelog ask -> changelog(ask);
      case MemberRequest.ReportIpChanged moved -> ipChanged(moved);
    }
  }

  private Reply trackerStatus() {
    if (parts.registry().view().groups().isEmpty()) {
      throw new RefusedException(Status.ENOENT, "no storage has joined yet");
    }
    long running = parts.clock().seconds() - parts.upTime();
    return new MemberReply.TrackerState(
        parts.ledger().leadership().isMine(), cut(running), cut(parts.archive().restartInterval()));
  }

  private static long cut(long seconds) {
    return Math.max(0, seconds) / STATUS_STEP_SECONDS * STATUS_STEP_SECONDS;
  }

  private void reportStatus(MemberRequest.ReportStatus report) {
    StorageBrief storage = report.storage();
    desk.changed(
        new StatusReport(
            report.group(),
            StorageId.of(storage.id()),
            Addresses.of(storage.ip()),
            status(storage.status())),
        _ -> new Done());
  }

  private void changelog(MemberRequest.Changelog ask) {
    Optional<Member> member = desk.member();
    if (ask.asker().isEmpty() && member.isEmpty()) {
      throw new MalformedException("group: needed on a connection that has not joined");
    }
    String groupName =
        ask.asker()
            .map(MemberRequest.Changelog.Asker::group)
            .orElseGet(() -> member.orElseThrow().group().text());
    String id =
        ask.asker()
            .map(MemberRequest.Changelog.Asker::storageId)
            .orElseGet(() -> member.orElseThrow().id().text());
    GroupView group =
        parts
            .registry()
            .view()
            .group(groupName)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown group " + groupName));
    StorageView storage =
        group
            .storage(id)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown storage " + id));
    long from = storage.changelogOffset();
    answerer.after(
        parts
            .archive()
            .changelog(from, CHANGELOG_BYTES)
            .thenCompose(text ->
                parts
                    .registry()
                    .apply(new ChangelogRead(groupName, id, from + text.length()))
                    .thenApply(_ -> text)),
        TextReply::new);
  }

  private void ipChanged(MemberRequest.ReportIpChanged moved) {
    MoveStorage move =
        new MoveStorage(moved.group(), StorageId.of(moved.oldIp()), StorageId.of(moved.newIp()));
    if (move.isServed(parts.settings().rules()) && !moved.newIp().equals(vantage.peerIp())) {
      throw new MalformedException("new_ip: " + moved.newIp() + " is not the sender's address");
    }
    desk.changed(move, _ -> new Done());
  }

  private static StorageStatus status(int code) {
    return StorageStatus.of(code)
        .filter(status -> status != StorageStatus.NONE)
        .orElseThrow(() -> new MalformedException("status: " + code));
  }
}
