// The compiled part of Asio and Beast, once for the whole program (separate compilation). It holds
// no line of ours.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
