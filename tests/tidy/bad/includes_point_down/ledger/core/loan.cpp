#include "services/http/server.hpp"
