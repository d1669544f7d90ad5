package io.larder.store.verify;

import io.larder.platform.DiskException;
import io.larder.platform.PathNames;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.scrub.ContentRule;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Checks that a symbolic link leads to a file of a store path, under the very name that the store path was configured
/// with, which is part of the link (S3 §6.6). One thread.
final class LinkCheck {
  private static final int TRUE_NAME_DIRECTORIES = 2;

  private final StoreContext store;

  LinkCheck(StoreContext store) {
    this.store = store;
  }

  /// Checks a link.
  ///
  /// @throws DiskException when the link or what it leads to cannot be seen
  void check(String relative, LogicalName name) throws DiskException {
    store.inspection().compared().notAtAll(ContentRule.Reason.LINK);
    StringBuilder target = new StringBuilder();
    DiskException.check(
        store.disk().readLink(store.data().handle(), relative, target), "read the link");
    Optional<LogicalName> named = underStorePath(target.toString().replaceAll("/+", "/"));
    if (named.isPresent()) {
      if (!store.exists(named.get())) {
        store.find(Check.LINK_LEADS_NOWHERE, relative, "leads to " + target + ", which is gone");
      }
      return;
    }
    Optional<LogicalName> elsewhere = byItsEnd(target.toString(), name.storePath());
    boolean here = elsewhere.isPresent() && store.exists(elsewhere.get());
    store.find(
        Check.LINK_LEADS_OUT,
        relative,
        "leads to "
            + target
            + (here ? ", the file itself is here" : ", which is no file of the store paths"));
  }

  /// The file that a target names when it begins with one of the store paths as they were given.
  private Optional<LogicalName> underStorePath(String target) {
    SortedMap<Integer, String> paths = store.inspection().plan().storePaths();
    for (Map.Entry<Integer, String> path : paths.entrySet()) {
      String prefix = PathNames.bytesOf(path.getValue()) + "/" + DataLayout.DATA + "/";
      if (target.startsWith(prefix)) {
        return name(path.getKey(), target.substring(prefix.length()));
      }
    }
    return Optional.empty();
  }

  /// The file that a target names when only its last three parts are believed.
  private static Optional<LogicalName> byItsEnd(String target, int storePath) {
    int at = target.length();
    for (int i = 0; i <= TRUE_NAME_DIRECTORIES && at >= 0; i++) {
      at = target.lastIndexOf('/', at - 1);
    }
    return at < 0 ? Optional.empty() : name(storePath, target.substring(at + 1));
  }

  private static Optional<LogicalName> name(int storePath, String trueName) {
    try {
      return Optional.of(
          LogicalName.parse(String.format(Locale.ROOT, "M%02X/%s", storePath, trueName)));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }
}
