/* Photos are made small on the phone: at most 1600 px and about 300 kB (V5). Without script the picture goes up as it is. */
(function () {
  "use strict";
  var SIDE = 1600;
  var BYTES = 300 * 1024;

  function squeeze(canvas, quality, done) {
    canvas.toBlob(function (blob) {
      if (blob && blob.size > BYTES && quality > 0.4) { squeeze(canvas, quality - 0.15, done); } else { done(blob); }
    }, "image/jpeg", quality);
  }

  function small(file) {
    return createImageBitmap(file).then(function (picture) {
      var scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return new Promise(function (resolve) { squeeze(canvas, 0.85, resolve); });
    }).then(function (blob) {
      return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
    }, function () { return file; });
  }

  document.addEventListener("change", function (event) {
    var input = event.target;
    if (input.type !== "file" || !/^image/.test(input.accept || "") || !input.files.length) { return; }
    var line = document.querySelector("[data-photo-status]");
    Promise.all(Array.prototype.map.call(input.files, small)).then(function (files) {
      var bag = new DataTransfer();
      files.forEach(function (file) { bag.items.add(file); });
      input.files = bag.files;
      var size = files.reduce(function (sum, file) { return sum + file.size; }, 0);
      if (line) { line.textContent = "已选 " + files.length + " 张，共 " + Math.ceil(size / 1024) + " kB，保存时一并上传。"; }
    });
  });
}());
