// SPDX-License-Identifier: Apache-2.0
#include "cli/review/review_server.h"

#include "cli/page/review_page.h"
#include "cli/review/access_token.h"
#include "cli/review/review_desk.h"
#include "compare/self_contained_page.h"
#include "imaging/base/error.h"

#include <httplib.h>

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace boarddiff::cli {
namespace {

using Json = nlohmann::ordered_json;
using httplib::Request;
using httplib::Response;

constexpr const char* kHost = "127.0.0.1";
constexpr std::size_t kThreads = 6;         // a browser opens as many connections to a host
constexpr std::size_t kMostBody = 100'000;  // of a decision

// The hash is that of an empty style element.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; "
    "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// As it is: texts that are simply set are compressed as well as can be, which takes a second where the network is none.
void answer(Response& response, std::string text, const char* type) {
  const auto kept = std::make_shared<const std::string>(std::move(text));
  response.set_content_provider(kept->size(), type, [kept](std::size_t offset, std::size_t length, auto& sink) {
    return sink.write(kept->data() + offset, length);
  });
}

void answer(Response& response, const Json& document) {
  answer(response, document.dump(-1, ' ', false, Json::error_handler_t::replace), "application/json");
}

void answer_trouble(Response& response, int status, const std::string& why) {
  response.status = status;
  answer(response, {{"trouble", why}});
}

void answer_jpeg(Response& response, const std::string& bytes) {
  // Pictures of a case do not change; the address holds which.
  response.set_header("Cache-Control", "private, max-age=86400");
  response.set_content(bytes, "image/jpeg");
}

std::int64_t number_in(const Request& request, std::size_t group) {
  // The routes let digits through, at most 18.
  return std::stoll(request.matches[static_cast<int>(group)].str());
}

CasePicture which_in(const Request& request, std::size_t group) {
  return request.matches[static_cast<int>(group)].str() == "sample" ? CasePicture::sample : CasePicture::reference;
}

void answer_exception(Response& response, const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const NotFound&) {
    answer_trouble(response, 404, "not found");
  } catch (const imaging::Error& known) {
    answer_trouble(response, known.code() == imaging::ErrorCode::invalid_option ? 400 : 500, known.what());
  } catch (const std::exception& unknown) {
    answer_trouble(response, 500, unknown.what());
  }
}

}  // namespace

class ReviewServer::Routes {
 public:
  Routes(CaseStore& store, const ReviewSettings& settings)
      : port_(bound(settings.port)), access_(port_), desk_(store, settings) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_.set_payload_max_length(kMostBody);
    server_.set_tcp_nodelay(true);
    server_.set_default_headers({{"Content-Security-Policy", kPolicy},
                                 {"X-Content-Type-Options", "nosniff"},
                                 {"Referrer-Policy", "no-referrer"},
                                 {"Cross-Origin-Resource-Policy", "same-origin"}});
    server_.set_pre_routing_handler(
        [this](const Request& request, Response& response) { return let_in(request, response); });
    server_.set_exception_handler(
        [](const Request&, Response& response, const std::exception_ptr& error) { answer_exception(response, error); });
    serve_page();
    serve_documents();
    serve_pictures();
    serve_changes();
  }

  [[nodiscard]] std::string origin() const { return std::string("http://") + kHost + ":" + std::to_string(port_); }
  [[nodiscard]] std::string address() const { return origin() + "/open?token=" + access_.once(); }
  void run() { server_.listen_after_bind(); }
  void stop() { server_.stop(); }

 private:
  int bound(int wanted) {
    // Without SO_REUSEPORT, with which two servers could have one port, and each a part of the requests.
    server_.set_socket_options([](int socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    if (wanted == 0) {
      return server_.bind_to_any_port(kHost);
    }
    if (!server_.bind_to_port(kHost, wanted)) {
      throw imaging::Error(imaging::ErrorCode::invalid_option,
                           "--port " + std::to_string(wanted) + " cannot be had: it may be in use");
    }
    return wanted;
  }

  // Pages of other sites can make a browser send requests here: neither their host nor their cookies are ours.
  httplib::Server::HandlerResponse let_in(const Request& request, Response& response) {
    const std::string host = request.get_header_value("Host");
    const bool is_here = host == origin().substr(7) || host == "localhost:" + std::to_string(port_);
    const bool is_safe = request.method == "GET" || request.get_header_value("Content-Type") == "application/json";
    if (is_here && is_safe && (request.path == "/open" || access_.is_in(request.get_header_value("Cookie")))) {
      return httplib::Server::HandlerResponse::Unhandled;
    }
    response.status = 403;
    response.set_content(
        "This page is open in the browser that came first with the address that boarddiff review printed.\n"
        "To open it here, end boarddiff review, start it again, and use the new address.\n",
        "text/plain");
    return httplib::Server::HandlerResponse::Handled;
  }

  void serve_page() {
    server_.Get("/open", [this](const Request& request, Response& response) {
      const bool is_known = access_.is_in(request.get_header_value("Cookie"));
      if (!is_known && !access_.redeem(request.get_param_value("token"))) {
        response.status = 403;
        response.set_content("This address has been used. End boarddiff review, start it again, and use the new one.\n",
                             "text/plain");
        return;
      }
      response.set_header("Set-Cookie", access_.cookie() + "; Path=/; HttpOnly; SameSite=Strict");
      response.set_redirect("/", 303);
    });
    const auto serve = [this](const char* path, std::string_view text, const char* type) {
      server_.Get(path, [text, type](const Request&, Response& response) {
        response.set_header("Cache-Control", "no-cache");
        answer(response, std::string(text), type);
      });
    };
    const compare::PageFiles files = review_page();
    serve("/", html_, "text/html; charset=utf-8");
    serve("/review.css", files.css, "text/css; charset=utf-8");
    serve("/review.js", files.js, "text/javascript; charset=utf-8");
  }

  void serve_documents() {
    server_.Get("/api/queue", [this](const Request&, Response& response) { answer(response, desk_.queue()); });
    const auto serve = [this](const char* path, Json (ReviewDesk::*document)(std::int64_t)) {
      server_.Get(path, [this, document](const Request& request, Response& response) {
        answer(response, (desk_.*document)(number_in(request, 1)));
      });
    };
    serve(R"(/api/board/(\d{1,18}))", &ReviewDesk::board);
    serve(R"(/api/changes/(\d{1,18}))", &ReviewDesk::changes_after);
    serve(R"(/api/pictures/(\d{1,18}))", &ReviewDesk::pictures);
    serve(R"(/api/regions/(\d{1,18}))", &ReviewDesk::regions);
  }

  void serve_pictures() {
    server_.Get(R"(/pictures/(\d{1,18})/(reference|sample)/(\d{1,2})/(\d{1,6})_(\d{1,6})\.jpg)",
                [this](const Request& request, Response& response) {
                  answer_jpeg(response, desk_.tile(number_in(request, 1), which_in(request, 2),
                                                   {.level = static_cast<int>(number_in(request, 3)),
                                                    .column = static_cast<int>(number_in(request, 4)),
                                                    .row = static_cast<int>(number_in(request, 5))}));
                });
    server_.Get(
        R"(/crops/(\d{1,18})/(\d{1,9})-(reference|sample)\.jpg)", [this](const Request& request, Response& response) {
          answer_jpeg(response,
                      desk_.crop(number_in(request, 1), static_cast<int>(number_in(request, 2)), which_in(request, 3)));
        });
    server_.Get(R"(/thumbnails/(\d{1,18})-(reference|sample)\.jpg)",
                [this](const Request& request, Response& response) {
                  answer_jpeg(response, desk_.thumbnail(number_in(request, 1), which_in(request, 2)));
                });
  }

  void serve_changes() {
    server_.Post("/api/undo", [this](const Request&, Response& response) { answer(response, desk_.undo()); });
    const auto serve = [this](const char* path, Json (ReviewDesk::*change)(const std::string&)) {
      server_.Post(path, [this, change](const Request& request, Response& response) {
        answer(response, (desk_.*change)(request.body));
      });
    };
    serve("/api/decide", &ReviewDesk::decide);
    serve("/api/variation", &ReviewDesk::accept);
    serve("/api/regions/draw", &ReviewDesk::draw_region);
    serve("/api/regions/withdraw", &ReviewDesk::withdraw_region);
  }

  httplib::Server server_ = {};
  int port_ = 0;
  AccessToken access_;
  ReviewDesk desk_;
  std::string html_ = compare::filled_page(
      review_page().html,
      {{"style", "<link rel=\"stylesheet\" href=\"review.css\">"}, {"scripts", "<script src=\"review.js\"></script>"}});
};

ReviewServer::ReviewServer(CaseStore& store, const ReviewSettings& settings)
    : routes_(std::make_unique<Routes>(store, settings)) {}
ReviewServer::~ReviewServer() = default;
std::string ReviewServer::address() const { return routes_->address(); }
void ReviewServer::run() { routes_->run(); }
void ReviewServer::stop() { routes_->stop(); }

}  // namespace boarddiff::cli
