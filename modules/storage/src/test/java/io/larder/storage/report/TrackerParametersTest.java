package io.larder.storage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import io.larder.protocol.wire.AddressWidth;
import io.larder.store.ReservedSpace;
import io.larder.store.StorePolicy.PathChoice;
import io.larder.store.trunk.TrunkParameters;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackerParametersTest {
  @Test
  void linesOfATrackerAreRead() {
    var parameters =
        TrackerParameters.parse(
            """
            use_storage_id=1
            id_type_in_filename=id
            trust_storage_server_id=1
            response_ip_addr_size=16
            storage_ip_changed_auto_adjust=1
            store_path=2
            reserved_storage_space=1.50%
            use_trunk_file=1
            store_slave_file_use_link=0
            a_line_of_a_later_version=7
            """);

    assertThat(parameters)
        .isEqualTo(
            new TrackerParameters(
                true,
                true,
                true,
                AddressWidth.NARROW,
                true,
                PathChoice.MOST_FREE,
                new ReservedSpace.Ratio(0.015),
                parameters.trunk(),
                false));
    TrunkParameters trunk = parameters.trunk().orElseThrow();
    assertThat(trunk.slotMin()).isEqualTo(256);
    assertThat(trunk.slotMax()).isEqualTo(8 << 20);
    assertThat(trunk.fileBytes()).isEqualTo(64 << 20);
  }

  @Test
  void trunkParametersAreTakenAsTold() {
    TrunkParameters trunk =
        TrackerParameters.parse(
                """
                use_trunk_file=1
                slot_min_size=512
                slot_max_size=1048576
                trunk_alloc_alignment_size=256
                trunk_file_size=33554432
                """)
            .trunk()
            .orElseThrow();

    assertThat(trunk.slotMin()).isEqualTo(512);
    assertThat(trunk.slotMax()).isEqualTo(1 << 20);
    assertThat(trunk.alignment()).isEqualTo(256);
    assertThat(trunk.fileBytes()).isEqualTo(32 << 20);
  }

  @Test
  void trunkParametersThatCannotBeUsedMeanPlainFiles() {
    assertThat(TrackerParameters.parse("use_trunk_file=1\ntrunk_file_size=many\n").trunk())
        .isEmpty();
    assertThat(TrackerParameters.parse("use_trunk_file=0\ntrunk_file_size=many\n").trunk())
        .isEmpty();
  }

  @Test
  void missingLinesMeanWhatOldStoragesAssume() {
    assertThat(TrackerParameters.parse("use_storage_id=0\nid_type_in_filename=id\n"))
        .isEqualTo(
            new TrackerParameters(
                false,
                false,
                false,
                AddressWidth.WIDE,
                false,
                PathChoice.ROUND_ROBIN,
                new ReservedSpace.Megabytes(0),
                Optional.empty(),
                false));
  }

  @Test
  void reserveInMegabytesIsRead() {
    assertThat(TrackerParameters.parse("reserved_storage_space=1024MB").reserved())
        .isEqualTo(new ReservedSpace.Megabytes(1024));
  }

  @Test
  void reserveThatCannotBeUnderstoodIsRefused() {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> TrackerParameters.parse("reserved_storage_space=much"))
        .withMessageContaining("reserved_storage_space");
  }
}
