package io.larder.conformance.frames;

import static io.larder.conformance.servers.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.servers.Deviation;
import io.larder.conformance.servers.Outcome;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.Status;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Commands of administrators and of other nodes, from a client that is neither a storage nor a tracker.
class AdministrationFramesIT extends FrameCase {
  private static final Outcome INVALID = refused(Status.EINVAL);
  private static final Outcome UNKNOWN = refused(Status.ENOENT);
  private static final Outcome BUSY = refused(Status.EBUSY);
  private static final Outcome FORBIDDEN = refused(Status.EACCES);
  private static final Outcome UNSUPPORTED = refused(Status.EOPNOTSUPP);

  AdministrationFramesIT(Target target) {
    super(target);
  }

  @TestFactory
  Stream<DynamicTest> aStorageInServiceIsNotDeleted() {
    Frame delete = Frame.of(Commands.DELETE_STORAGE);
    return Stream.of(
        onTracker("in service", delete.group(group).text(target.storageId()), BUSY),
        onTracker("unknown id", delete.group(group).text("42"), UNKNOWN),
        onTracker("unknown group", delete.group("nosuchgroup").text("42"), UNKNOWN),
        onTracker("no id", delete.group(group), INVALID),
        onTracker("id of 16", delete.group(group).text("x".repeat(16)), INVALID),
        onTracker("no body", delete, INVALID));
  }

  @TestFactory
  Stream<DynamicTest> aGroupWithStoragesIsNotDeleted() {
    Frame delete = Frame.of(Commands.DELETE_GROUP);
    return Stream.of(
        onTracker("in use", delete.group(group), BUSY),
        onTracker("unknown", delete.group("nosuchgroup"), UNKNOWN),
        onTracker("no body", delete, INVALID),
        onTracker("too short", delete.zeros(15), INVALID),
        onTracker("too long", delete.group(group).int8(0), INVALID));
  }

  @TestFactory
  Stream<DynamicTest> noTrunkServerWithoutTrunkFiles() {
    Frame set = Frame.of(Commands.SET_TRUNK_SERVER);
    return Stream.of(
        onTracker("any", set.group(group), UNSUPPORTED),
        onTracker("this one", set.group(group).text(target.storageId()), UNSUPPORTED),
        onTracker("an unknown one", set.group(group).text("42"), UNSUPPORTED));
  }

  @TestFactory
  Stream<DynamicTest> whatOnlyStoragesMaySayIsForbidden() {
    return Stream.of(
        onTracker("beat", Frame.of(83), FORBIDDEN),
        onTracker("disk report", Frame.of(84).zeros(16), FORBIDDEN),
        onTracker("storages of the group", Frame.of(85).zeros(67), FORBIDDEN),
        onTracker("source of my files", Frame.of(87), FORBIDDEN),
        onTracker("progress of sync", Frame.of(89).zeros(20), FORBIDDEN),
        onTracker("trunk file", Frame.of(72), FORBIDDEN),
        onTracker("report of the trunk file", Frame.of(73).zeros(4), FORBIDDEN),
        onTracker("report of trunk space", Frame.of(74).zeros(8), FORBIDDEN),
        onTracker("change of status", Frame.of(59).zeros(1), FORBIDDEN));
  }

  @TestFactory
  Stream<DynamicTest> syncIsNotForEverybody() {
    Outcome expected = target.outcome(Deviation.UNASKED_SYNC);
    return Stream.of(
        onTracker("destination", Frame.of(79), expected),
        onTracker("notification", Frame.of(88).text("42", 16).int64(0), expected));
  }

  @TestFactory
  Stream<DynamicTest> joinsThatAreTooShortAreRefused() {
    return IntStream.of(0, 1, 50, 100)
        .mapToObj(size -> onTracker(size + " bytes", Frame.of(81).zeros(size), INVALID));
  }

  /// What storages say to each other is answered the same to a stranger who says it wrong.
  @TestFactory
  Stream<DynamicTest> requestsOfStoragesThatMakeNoSenseEndTheConnection() {
    return IntStream.of(9, 16, 17, 18, 19, 25, 26, 27, 28, 29, 30, 31, 32, 33, 35, 37, 40)
        .mapToObj(code -> onStorage("command " + code, Frame.of(code).zeros(3), Outcome.INVALID));
  }

  @Test
  void theStatusOfAStorage() throws IOException {
    Reply reply =
        tracker(Frame.of(Commands.STORAGE_GET_STATUS).group(group).text(target.storageText()));

    assertThat(reply.size()).isEqualTo(67);
    assertThat(reply.int8(0)).isEqualTo(7);
    assertThat(reply.int32(1)).isEqualTo(target.storage().getPort());
    assertThat(reply.text(5, 16)).isEqualTo(target.storageId());
    assertThat(reply.text(21, 46)).isEqualTo(target.storage().getAddress().getHostAddress());
  }

  @TestFactory
  Stream<DynamicTest> wrongQuestionsForTheStatusAreRefused() {
    Frame ask = Frame.of(Commands.STORAGE_GET_STATUS);
    String ip = target.storage().getAddress().getHostAddress();
    return Stream.of(
        onTracker("no body", ask, INVALID),
        onTracker("no address", ask.group(group), INVALID),
        onTracker("no port", ask.group(group).text(ip), INVALID),
        onTracker("unknown address", ask.group(group).text("10.1.2.3:23000"), UNKNOWN),
        onTracker("unknown group", ask.group("nosuchgroup").text(target.storageText()), UNKNOWN),
        onTracker("too long", ask.group(group).text("1".repeat(53)), INVALID));
  }

  @Test
  void theIdOfAStorage() throws IOException {
    Reply reply = tracker(Frame.of(Commands.GET_SERVER_ID).group(group).text(target.storageText()));

    assertThat(reply.status()).isZero();
    assertThat(reply.text(0)).isEqualTo(target.storageId());
  }

  @Test
  void myAddress() throws IOException {
    Reply reply = tracker(Frame.of(Commands.GET_MY_IP).text(group, 17).int32(23000));

    assertThat(reply.status()).isZero();
    assertThat(reply.text(0)).isEqualTo(target.tracker().getAddress().getHostAddress());
  }

  @Test
  void theParametersOfTheCluster() throws IOException {
    Reply reply = tracker(Frame.of(Commands.PARAMETER_REQ));

    assertThat(reply.text(0).lines())
        .allMatch(line -> line.matches("[a-z_]+ *=.*"))
        .extracting(line -> line.substring(0, line.indexOf('=')).strip())
        .contains(
            "use_storage_id",
            "id_type_in_filename",
            "trust_storage_server_id",
            "response_ip_addr_size",
            "storage_ip_changed_auto_adjust",
            "storage_sync_file_max_delay",
            "store_path",
            "reserved_storage_space",
            "use_trunk_file",
            "slot_min_size",
            "slot_max_size",
            "trunk_file_size",
            "store_slave_file_use_link")
        .hasSize(26);
  }

  @Test
  void theStatusOfTheTracker() throws IOException {
    Reply reply = tracker(Frame.of(Commands.TRACKER_GET_STATUS));

    assertThat(reply.size()).isEqualTo(17);
    assertThat(reply.int8(0)).as("leader").isEqualTo(1);
    assertThat(reply.int64(1)).as("running for").isNotNegative();
  }

  @Test
  void storageIdsArePagedOrNotThere() throws IOException {
    Reply all = tracker(Frame.of(Commands.FETCH_STORAGE_IDS).int32(0).int8(1));

    assertThat(all.status()).isZero();
    if (usesStorageIds()) {
      assertThat(all.int32(0)).isEqualTo(1);
      assertThat(all.int32(4)).isEqualTo(1);
      assertThat(all.text(8)).startsWith(target.storageId() + " " + group).endsWith("\n");
      trackerAnswers(Frame.of(Commands.FETCH_STORAGE_IDS).int32(7).int8(0), INVALID);
      trackerAnswers(Frame.of(Commands.FETCH_STORAGE_IDS).int32(-1).int8(0), INVALID);
    } else {
      assertThat(all.body()).isEqualTo(new byte[8]);
      trackerAnswers(Frame.of(Commands.FETCH_STORAGE_IDS).int32(0).int8(0), UNSUPPORTED);
    }
  }

  @Test
  void theGroupOfAStorageIsKnownByItsId() throws IOException {
    Frame ask =
        Frame.of(Commands.GET_GROUP_NAME)
            .text(target.storage().getAddress().getHostAddress())
            .int32(target.storage().getPort());

    Reply reply = tracker(ask);

    if (usesStorageIds()) {
      assertThat(reply.text(0, 16)).isEqualTo(group);
    } else {
      assertThat(reply.status()).isEqualTo(Status.EOPNOTSUPP);
    }
  }

  @TestFactory
  Stream<DynamicTest> bodiesOfAnotherLengthAreRefused() {
    return Stream.of(
        onTracker("parameters", Frame.of(Commands.PARAMETER_REQ).int8(0), INVALID),
        onTracker("my address", Frame.of(Commands.GET_MY_IP).zeros(20), INVALID),
        onTracker("status of the tracker", Frame.of(Commands.TRACKER_GET_STATUS).int8(0), INVALID),
        onTracker("storage ids", Frame.of(Commands.FETCH_STORAGE_IDS).zeros(4), INVALID),
        onTracker("id of a storage", Frame.of(Commands.GET_SERVER_ID).group(group), INVALID));
  }

  private boolean usesStorageIds() throws IOException {
    return tracker(Frame.of(Commands.STORAGE_CLUSTER_STAT).zeros(4)).int8(0) == 1;
  }
}
