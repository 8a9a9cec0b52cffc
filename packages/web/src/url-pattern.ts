/** The web's `URLPattern`, as the library makes it. */
import "urlpattern-polyfill";
