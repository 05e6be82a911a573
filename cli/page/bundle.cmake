# The page of reviews as one C++ source, review_page_source: npm brings the viewer and the bundler into the build folder, as
# package-lock.json has them, and nothing of them runs but the bundler.
set(review_page ${CMAKE_CURRENT_SOURCE_DIR}/page)
set(review_build ${CMAKE_CURRENT_BINARY_DIR}/page)
set(review_page_source ${review_build}/review_page.cpp)
set(review_modules ${review_build}/node_modules/.package-lock.json)
file(GLOB review_scripts CONFIGURE_DEPENDS ${review_page}/src/*.js)

add_custom_command(
  OUTPUT ${review_modules}
  COMMAND ${CMAKE_COMMAND} -E copy ${review_page}/package.json ${review_page}/package-lock.json ${review_build}
  COMMAND ${CMAKE_COMMAND} -E chdir ${review_build} ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
  COMMAND ${CMAKE_COMMAND} -E touch ${review_modules}
  DEPENDS ${review_page}/package.json ${review_page}/package-lock.json
  COMMENT "Fetching what the review page is made of"
  VERBATIM)
add_custom_command(
  OUTPUT ${review_page_source}
  COMMAND ${CMAKE_COMMAND} -DKINDS=${PROJECT_SOURCE_DIR}/compare/page/kinds.js
          -DLICENCE=${review_build}/node_modules/openseadragon/LICENSE.txt -DTO=${review_build} -P
          ${review_page}/page_parts.cmake
  COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=${review_build}/node_modules
          ${review_build}/node_modules/.bin/esbuild ${review_page}/src/main.js --bundle --minify --charset=utf8
          --target=chrome100,firefox100,safari16 --legal-comments=none --alias:kinds=${review_build}/kinds.js
          --log-level=warning --outfile=${review_build}/review.js
  COMMAND ${CMAKE_COMMAND} -E copy ${review_page}/review.html ${review_page}/review.css ${review_build}
  COMMAND ${CMAKE_COMMAND} -DFOLDER=${review_build} -DOUTPUT=${review_page_source} -DHTML=review.html -DCSS=review.css
          -DJS=review.js,licence.js -DHEADER=cli/page/review_page.h -DSCOPE=boarddiff::cli -DFUNCTION=review_page
          -P ${PROJECT_SOURCE_DIR}/compare/page/embed.cmake
  DEPENDS ${review_modules} ${review_scripts} page/review.html page/review.css page/page_parts.cmake
          ${PROJECT_SOURCE_DIR}/compare/page/kinds.js ${PROJECT_SOURCE_DIR}/compare/page/embed.cmake
  COMMENT "Bundling the review page"
  VERBATIM)
