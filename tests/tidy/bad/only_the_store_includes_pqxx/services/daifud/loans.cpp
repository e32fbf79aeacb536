#include <pqxx/p¦qxx>
