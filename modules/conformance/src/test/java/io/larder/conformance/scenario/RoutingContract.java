package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.Call;
import io.larder.conformance.client.Listed;
import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the tracker answers: where to write, where to read, who is there.
abstract class RoutingContract extends Scenarios {
  RoutingContract(NativeClient client, Target target) {
    super(client, target);
  }

  @Test
  void aStorageTakesNewFiles() {
    assertThat(client.store(Optional.empty())).isEqualTo(target.storage());
    assertThat(client.store(Optional.of(target.group()))).isEqualTo(target.storage());
  }

  @Test
  void anUnknownGroupHasNoStorage() {
    refused(Status.ENOENT, () -> client.store(Optional.of("nosuchgroup")));
    refused(Status.ENOENT, () -> client.store(Optional.of("g")));
    refused(Status.ENOENT, () -> client.store(Optional.of("abcdefghijklmnop")));
  }

  @Test
  void allStoragesThatTakeNewFiles() {
    client.needs(Call.ALL_STORES);

    assertThat(client.stores(target.group())).containsExactly(target.storage());
  }

  @Test
  void aFileIsReadAndChangedWhereItIs() {
    StoredFile file = client.upload(text("content"), "txt");

    assertThat(client.source(file)).isEqualTo(target.storage());
    assertThat(client.update(file)).isEqualTo(target.storage());
  }

  @Test
  void allStoragesThatHaveAFile() {
    client.needs(Call.ALL_SOURCES);
    StoredFile file = client.upload(text("content"), "txt");

    assertThat(client.sources(file)).containsExactly(target.storage());
  }

  @Test
  void aTrackerDoesNotLookAtFiles() {
    StoredFile gone = client.upload(text("content"), "txt");
    client.delete(gone);

    assertThat(client.source(gone)).isEqualTo(target.storage());
    assertThat(client.update(gone)).isEqualTo(target.storage());
  }

  @Test
  void anyNameOfALegalLengthIsRouted() {
    client.needs(Call.MALFORMED_NAME);
    StoredFile garbage = new StoredFile(target.group(), "this-is-no-name-of-a-file");

    assertThat(client.source(garbage)).isEqualTo(target.storage());
    assertThat(client.update(garbage)).isEqualTo(target.storage());
  }

  @Test
  void aNameOfAnotherLengthIsRefused() {
    client.needs(Call.MALFORMED_NAME);
    StoredFile brief = new StoredFile(target.group(), "M00/00/00/short");
    StoredFile endless = new StoredFile(target.group(), "M00/00/00/" + "x".repeat(118));

    for (StoredFile file : new StoredFile[] {brief, endless}) {
      refused(Status.EINVAL, () -> client.source(file));
      refused(Status.EINVAL, () -> client.update(file));
    }
  }

  @Test
  void aFileOfAnUnknownGroupIsNotRouted() {
    StoredFile file = client.upload(text("content"), "txt");
    StoredFile elsewhere = new StoredFile("nosuchgroup", file.name());

    refused(Status.ENOENT, () -> client.source(elsewhere));
    refused(Status.ENOENT, () -> client.update(elsewhere));
  }

  @Test
  void groupsAreListed() {
    client.needs(Call.LIST_GROUPS);

    assertThat(client.groups()).extracting(Listed::name).contains(target.group());
    assertThat(client.groups())
        .allSatisfy(group -> {
          assertThat(group.totalMb()).isPositive();
          assertThat(group.freeMb()).isBetween(0L, group.totalMb());
          assertThat(group.port()).isEqualTo(target.storage().getPort());
          assertThat(group.storePaths()).isPositive();
        });
  }

  @Test
  void storagesOfAGroupAreListed() {
    client.needs(Call.LIST_STORAGES);

    assertThat(client.storages(target.group()))
        .singleElement()
        .satisfies(storage -> {
          assertThat(storage.name()).isEqualTo(target.storageId());
          assertThat(storage.totalMb()).isPositive();
          assertThat(storage.port()).isEqualTo(target.storage().getPort());
          assertThat(storage.storePaths()).isPositive();
        });
  }

  @Test
  void storagesOfAnUnknownGroupAreNotListed() {
    client.needs(Call.LIST_STORAGES);

    refused(Status.ENOENT, () -> client.storages("nosuchgroup"));
  }
}
