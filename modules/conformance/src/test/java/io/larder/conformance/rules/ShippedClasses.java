package io.larder.conformance.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The classes the distribution is made of. Test classes of other modules stand on the class path, too: as a folder
/// when Maven runs `test`, as a test jar when it runs `verify`. The rules hold for neither.
final class ShippedClasses {
  private static final ImportOption NO_TESTS =
      location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");

  private ShippedClasses() {}

  static JavaClasses read() {
    return new ClassFileImporter().withImportOption(NO_TESTS).importPackages("io.larder");
  }
}
