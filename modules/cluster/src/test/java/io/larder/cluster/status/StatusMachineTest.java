package io.larder.cluster.status;

import static io.larder.cluster.status.StatusEffect.ENTER_SERVICE;
import static io.larder.cluster.status.StatusEffect.LEAVE_SERVICE;
import static io.larder.cluster.status.StatusEffect.SAVE;
import static io.larder.cluster.status.StatusEffect.TELL_GROUP;
import static io.larder.protocol.wire.StorageStatus.ACTIVE;
import static io.larder.protocol.wire.StorageStatus.DELETED;
import static io.larder.protocol.wire.StorageStatus.INIT;
import static io.larder.protocol.wire.StorageStatus.OFFLINE;
import static io.larder.protocol.wire.StorageStatus.ONLINE;
import static io.larder.protocol.wire.StorageStatus.WAIT_SYNC;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import io.larder.protocol.wire.StorageStatus;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusMachineTest {
  /// One row per event, one column per state it meets; a number is the status byte of a refusal.
  /// The rows together have every pair.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          # event              , INIT     , WAIT_SYNC, SYNCING  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Joined               , INIT     , WAIT_SYNC, SYNCING  , INIT      , INIT   , ONLINE    , ONLINE    , ACTIVE    , ONLINE    , INIT
          NoSourceNeeded       , ONLINE   , ONLINE   , ONLINE   , IP_CHANGED, DELETED, ONLINE    , ONLINE    , ONLINE    , ONLINE    , ONLINE
          SourceAssigned       , WAIT_SYNC, WAIT_SYNC, WAIT_SYNC, IP_CHANGED, DELETED, WAIT_SYNC , WAIT_SYNC , WAIT_SYNC , WAIT_SYNC , WAIT_SYNC
          SourceDenied         , ONLINE   , ONLINE   , ONLINE   , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          SourceTold           , WAIT_SYNC, WAIT_SYNC, SYNCING  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Beat                 , INIT     , WAIT_SYNC, SYNCING  , 13        , 13     , ACTIVE    , ACTIVE    , ACTIVE    , ACTIVE    , ACTIVE
          Disconnected         , INIT     , WAIT_SYNC, SYNCING  , IP_CHANGED, DELETED, OFFLINE   , OFFLINE   , OFFLINE   , RECOVERY  , NONE
          FellSilent           , INIT     , WAIT_SYNC, SYNCING  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , OFFLINE   , RECOVERY  , NONE
          DeleteWanted         , DELETED  , DELETED  , DELETED  , 2         , 114    , DELETED   , 16        , 16        , 16        , 2
          AddressGivenUp       , IP_CHANGED,IP_CHANGED,IP_CHANGED,114       , 2      , IP_CHANGED, 16        , 16        , 16        , 2
          TrackerRestarted     , INIT     , WAIT_SYNC, SYNCING  , OFFLINE   , OFFLINE, OFFLINE   , OFFLINE   , OFFLINE   , OFFLINE   , OFFLINE
          Reported INIT        , INIT     , WAIT_SYNC, SYNCING  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Reported WAIT_SYNC   , INIT     , WAIT_SYNC, SYNCING  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Reported SYNCING     , INIT     , SYNCING  , SYNCING  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Reported IP_CHANGED  , INIT     , IP_CHANGED,IP_CHANGED,IP_CHANGED, DELETED, IP_CHANGED, ONLINE    , ACTIVE    , RECOVERY  , IP_CHANGED
          Reported DELETED     , INIT     , DELETED  , DELETED  , IP_CHANGED, DELETED, DELETED   , ONLINE    , ACTIVE    , RECOVERY  , DELETED
          Reported OFFLINE     , INIT     , OFFLINE  , OFFLINE  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Reported ONLINE      , INIT     , OFFLINE  , OFFLINE  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Reported ACTIVE      , INIT     , OFFLINE  , OFFLINE  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Reported RECOVERY    , INIT     , RECOVERY , RECOVERY , IP_CHANGED, DELETED, RECOVERY  , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Reported NONE        , INIT     , WAIT_SYNC, SYNCING  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          Corrected INIT       , INIT     , INIT     , INIT     , IP_CHANGED, DELETED, INIT      , INIT      , INIT      , INIT      , INIT
          Corrected WAIT_SYNC  , WAIT_SYNC, WAIT_SYNC, WAIT_SYNC, IP_CHANGED, DELETED, WAIT_SYNC , WAIT_SYNC , WAIT_SYNC , WAIT_SYNC , WAIT_SYNC
          Corrected SYNCING    , SYNCING  , SYNCING  , SYNCING  , IP_CHANGED, DELETED, SYNCING   , SYNCING   , SYNCING   , SYNCING   , SYNCING
          Corrected IP_CHANGED , IP_CHANGED,IP_CHANGED,IP_CHANGED,IP_CHANGED, DELETED, IP_CHANGED, IP_CHANGED, IP_CHANGED, IP_CHANGED, IP_CHANGED
          Corrected DELETED    , DELETED  , DELETED  , DELETED  , IP_CHANGED, DELETED, DELETED   , DELETED   , DELETED   , DELETED   , DELETED
          Corrected OFFLINE    , OFFLINE  , OFFLINE  , OFFLINE  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , OFFLINE   , OFFLINE
          Corrected ONLINE     , OFFLINE  , OFFLINE  , OFFLINE  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , OFFLINE   , OFFLINE
          Corrected ACTIVE     , OFFLINE  , OFFLINE  , OFFLINE  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , OFFLINE   , OFFLINE
          Corrected RECOVERY   , RECOVERY , RECOVERY , RECOVERY , IP_CHANGED, DELETED, RECOVERY  , RECOVERY  , RECOVERY  , RECOVERY  , RECOVERY
          Corrected NONE       , INIT     , WAIT_SYNC, SYNCING  , IP_CHANGED, DELETED, OFFLINE   , ONLINE    , ACTIVE    , RECOVERY  , NONE
          """)
  void everyEventMeetsEveryState(
      String event,
      String init,
      String waitSync,
      String syncing,
      String ipChanged,
      String deleted,
      String offline,
      String online,
      String active,
      String recovery,
      String none) {
    String[] expected = {
      init, waitSync, syncing, ipChanged, deleted, offline, online, active, recovery, none
    };
    StorageStatus[] states = StorageStatus.values();

    for (int i = 0; i < states.length; i++) {
      assertThat(outcome(StatusMachine.on(states[i], event(event))))
          .as("%s meets %s", event, states[i])
          .isEqualTo(expected[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(StorageStatus.class)
  void whoeverComesToServeEntersServiceAndWhoeverStopsLeavesIt(StorageStatus state) {
    allEvents()
        .map(event -> StatusMachine.on(state, event))
        .filter(StatusStep.Moved.class::isInstance)
        .map(StatusStep.Moved.class::cast)
        .forEach(moved -> {
          boolean restart = moved.effects().isEmpty() && moved.next() == OFFLINE;
          boolean enters = state != ACTIVE && moved.next() == ACTIVE;
          boolean leaves = state == ACTIVE && moved.next() != ACTIVE && !restart;
          assertThat(moved.effects().contains(ENTER_SERVICE)).isEqualTo(enters);
          assertThat(moved.effects().contains(LEAVE_SERVICE)).isEqualTo(leaves);
        });
  }

  @Test
  void aBeatTellsTheGroup() {
    assertThat(StatusMachine.on(ONLINE, new StatusEvent.Beat()))
        .isEqualTo(new StatusStep.Moved(ACTIVE, Set.of(ENTER_SERVICE, TELL_GROUP)));
  }

  @Test
  void anAssignedSourceIsSaved() {
    assertThat(StatusMachine.on(INIT, new StatusEvent.SourceAssigned()))
        .isEqualTo(new StatusStep.Moved(WAIT_SYNC, Set.of(TELL_GROUP, SAVE)));
  }

  @Test
  void aCorrectionOfAnIdleStorageDoesNotTellTheGroup() {
    assertThat(StatusMachine.on(WAIT_SYNC, new StatusEvent.Corrected(ACTIVE)))
        .isEqualTo(new StatusStep.Moved(OFFLINE, Set.of(SAVE)));
  }

  @ParameterizedTest(name = "init_flag={0} status={1} becomes {2}")
  @CsvSource({
    "true, -1, INIT",
    "true, 7, INIT",
    "false, 0, INIT",
    "false, 1, WAIT_SYNC",
    "false, 2, SYNCING",
    "false, 5, ONLINE",
    "false, 6, ONLINE",
    "false, 7, ONLINE",
    "false, 9, ONLINE",
    "false, -1, 14",
    "false, 3, 14",
    "false, 4, 14",
    "false, 8, 14",
    "false, 99, 14"
  })
  void anUnknownStorageIsTakenByWhatItSays(boolean firstJoin, int claimed, String expected) {
    assertThat(outcome(StatusMachine.first(firstJoin, claimed))).isEqualTo(expected);
  }

  @Test
  void refusalsAreStatusBytes() {
    assertThat(StatusMachine.on(DELETED, new StatusEvent.Beat()))
        .isEqualTo(new StatusStep.Refused(Status.EACCES));
  }

  private static String outcome(StatusStep step) {
    return switch (step) {
      case StatusStep.Moved moved -> moved.next().name();
      case StatusStep.Refused refused -> Integer.toString(refused.status());
    };
  }

  private static StatusEvent event(String text) {
    String[] parts = text.split(" ", 2);
    return switch (parts[0]) {
      case "Joined" -> new StatusEvent.Joined();
      case "NoSourceNeeded" -> new StatusEvent.NoSourceNeeded();
      case "SourceAssigned" -> new StatusEvent.SourceAssigned();
      case "SourceDenied" -> new StatusEvent.SourceDenied();
      case "SourceTold" -> new StatusEvent.SourceTold();
      case "Beat" -> new StatusEvent.Beat();
      case "Disconnected" -> new StatusEvent.Disconnected();
      case "FellSilent" -> new StatusEvent.FellSilent();
      case "DeleteWanted" -> new StatusEvent.DeleteWanted();
      case "AddressGivenUp" -> new StatusEvent.AddressGivenUp();
      case "TrackerRestarted" -> new StatusEvent.TrackerRestarted();
      case "Reported" -> new StatusEvent.Reported(StorageStatus.valueOf(parts[1]));
      case "Corrected" -> new StatusEvent.Corrected(StorageStatus.valueOf(parts[1]));
      default -> throw new AssertionError(text);
    };
  }

  static Stream<StatusEvent> allEvents() {
    Stream<StatusEvent> plain =
        Stream.of(
                "Joined",
                "NoSourceNeeded",
                "SourceAssigned",
                "SourceDenied",
                "SourceTold",
                "Beat",
                "Disconnected",
                "FellSilent",
                "DeleteWanted",
                "AddressGivenUp",
                "TrackerRestarted")
            .map(StatusMachineTest::event);
    Stream<StatusEvent> reported = Stream.of(StorageStatus.values()).map(StatusEvent.Reported::new);
    Stream<StatusEvent> corrected =
        Stream.of(StorageStatus.values()).map(StatusEvent.Corrected::new);
    return Stream.concat(plain, Stream.concat(reported, corrected));
  }
}
