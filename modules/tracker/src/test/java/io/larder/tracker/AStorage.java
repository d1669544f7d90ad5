package io.larder.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.ChangeBody;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Join;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.MemberRequest;
import io.larder.protocol.wire.MemberRequest.ReportDiskUsage;
import io.larder.protocol.wire.MemberRequest.ReportDiskUsage.PathSpace;
import io.larder.protocol.wire.SyncSourceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A storage as a tracker sees one: a connection that joins, beats and reports.
final class AStorage implements AutoCloseable {
  private final RawPeer peer;
  private final String tracker;
  private String group = "group1";
  private String id = "";
  private int port = 23000;
  private int paths = 1;
  private int subdirs = 256;
  private int priority = 10;
  private int initFlag = 1;
  private int status = -1;
  private List<String> trackers;

  AStorage(ATracker tracker, String ip) {
    this.peer = new RawPeer(ip, tracker.port());
    this.tracker = "127.0.0.1";
    this.trackers = List.of("127.0.0.1:" + tracker.port());
  }

  AStorage group(String name) {
    group = name;
    return this;
  }

  AStorage id(String text) {
    id = text;
    return this;
  }

  AStorage port(int number) {
    port = number;
    return this;
  }

  AStorage paths(int count) {
    paths = count;
    return this;
  }

  AStorage subdirs(int count) {
    subdirs = count;
    return this;
  }

  AStorage priority(int value) {
    priority = value;
    return this;
  }

  /// It has been a member before, with that status.
  AStorage known(int lastStatus) {
    initFlag = 0;
    status = lastStatus;
    return this;
  }

  AStorage trackers(String... lines) {
    trackers = List.of(lines);
    return this;
  }

  RawPeer peer() {
    return peer;
  }

  RawPeer.Answer join() {
    return peer.ask(
        new Join(
            GroupName.of(group),
            port,
            paths,
            subdirs,
            priority,
            1_795_000_000L,
            1_795_000_100L,
            "6.16.1",
            initFlag,
            (byte) status,
            id,
            tracker,
            trackers));
  }

  AStorage joined() {
    assertThat(join().status()).isZero();
    return this;
  }

  RawPeer.Answer askSource() {
    return peer.ask(new SyncSourceRequest.SyncDestReq());
  }

  RawPeer.Answer notify(String source, long until) {
    return peer.ask(new SyncSourceRequest.SyncNotify(source, until));
  }

  RawPeer.Answer beat() {
    return peer.ask(new MemberRequest.Beat(Optional.empty()));
  }

  RawPeer.Answer report(long... freeMb) {
    List<PathSpace> spaces = new ArrayList<>();
    for (long free : freeMb) {
      spaces.add(new PathSpace(10_000, free));
    }
    return peer.ask(new ReportDiskUsage(spaces));
  }

  /// The whole way into service: join, no source needed, beat, space.
  AStorage active(long... freeMb) {
    paths(freeMb.length);
    assertThat(join().status()).as("join").isZero();
    assertThat(notify("", 0).status()).as("88").isZero();
    assertThat(beat().status()).as("83").isZero();
    assertThat(report(freeMb).status()).as("84").isZero();
    return this;
  }

  static ChangeBody changes(RawPeer.Answer answer) {
    return (ChangeBody) Command.STORAGE_BEAT.readReply(new BodyReader(answer.buffer()));
  }

  static MemberReply.Joined joined(RawPeer.Answer answer) {
    return (MemberReply.Joined) Command.STORAGE_JOIN.readReply(new BodyReader(answer.buffer()));
  }

  @Override
  public void close() {
    peer.close();
  }
}
